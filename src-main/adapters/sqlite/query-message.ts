import type { HistoryPage, HistoryQuery } from '../../contract/endpoints.ts';
import type { Fault } from '../../contract/fault.ts';

/** What the query worker is given when it starts. */
export interface QueryWorkerData {
  readonly directory: string;
}

export type QueryRequest = { readonly id: number; readonly kind: 'history'; readonly query: HistoryQuery };

export type QueryReply =
  | { readonly id: number; readonly page: HistoryPage }
  | { readonly id: number; readonly fault: Fault };
