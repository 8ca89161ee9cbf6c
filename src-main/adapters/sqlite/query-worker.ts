import type Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from './database.ts';
import { DURABLE, pathIn } from './places.ts';
import { readHistory, type HistoryRow } from './history.ts';
import type { QueryReply, QueryRequest, QueryWorkerData } from './query-message.ts';
import { searchIndex } from './search-index.ts';
import { storeFailure } from './store-fault.ts';

/** Entry of the worker thread: everything that grows with data is read here, over a connection that cannot write. */
const serve = ({ directory }: QueryWorkerData): void => {
  const durable = openReader(pathIn(directory, DURABLE));
  const statements = new Map<string, Database.Statement<(string | number)[], HistoryRow>>();
  const prepare = (sql: string): Database.Statement<(string | number)[], HistoryRow> => {
    const kept = statements.get(sql) ?? durable.prepare<(string | number)[], HistoryRow>(sql);
    statements.set(sql, kept);
    return kept;
  };
  const index = searchIndex(directory, durable);
  const answer = (request: QueryRequest): QueryReply => {
    try {
      const text = request.query.text?.trim() ?? '';
      return { id: request.id, page: readHistory(prepare, request.query, text === '' ? null : index.find(text)) };
    } catch (error) {
      return { id: request.id, fault: storeFailure(error, directory).fault };
    }
  };
  parentPort?.on('message', (request: QueryRequest | 'close') => {
    if (request !== 'close') {
      parentPort?.postMessage(answer(request));
      return;
    }
    index.close();
    durable.close();
    parentPort?.close();
  });
};

serve(workerData as QueryWorkerData);
