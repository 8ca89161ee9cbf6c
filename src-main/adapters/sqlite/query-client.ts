import { Worker } from 'node:worker_threads';
import type { HistoryPage, HistoryQuery } from '../../contract/endpoints.ts';
import { StoreFailure } from '../../ports/run-store.ts';
import type { QueryReply, QueryRequest, QueryWorkerData } from './query-message.ts';

/** Source files run as they are; the build puts every entry of the main side flat into one folder. */
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './query-worker.ts' : './query-worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (page: HistoryPage) => void;
  readonly reject: (failure: StoreFailure) => void;
}

const ended = (why: string): StoreFailure =>
  new StoreFailure({ code: 'internal', message: `The query ended without an answer: ${why}.`, next: 'Ask again.' });

/** The worker thread, seen from the service: started by the first query, started again after a crash. */
export class QueryClient {
  readonly #directory: string;
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed = false;

  constructor(directory: string) {
    this.#directory = directory;
  }

  history(query: HistoryQuery): Promise<HistoryPage> {
    if (this.#closed) return Promise.reject(ended('the store is closed'));
    const worker = this.#started();
    this.#lastId += 1;
    const request: QueryRequest = { id: this.#lastId, kind: 'history', query };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.ref();
      worker.postMessage(request);
    });
  }

  /** Answers what is under way, then ends the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (worker === null) return;
    worker.ref();
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close');
    await exited;
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker;
    const data: QueryWorkerData = { directory: this.#directory };
    const worker = new Worker(workerUrl, { workerData: data, name: 'drydock-queries' });
    worker.on('message', (reply: QueryReply) => this.#answer(worker, reply));
    worker.on('error', (error) => this.#lost(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#lost(worker, 'the worker thread ended'));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #answer(worker: Worker, reply: QueryReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) worker.unref();
    if ('fault' in reply) waiting?.reject(new StoreFailure(reply.fault));
    else waiting?.resolve(reply.page);
  }

  #lost(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(ended(why));
  }
}
