import type { Finding } from '../../contract/result.ts';
import type { ChangedFile } from './changed-file.ts';

/** Files whose change nobody can read. */
export const binaryFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.flatMap(({ change: { path, binary, oldBlob, newBlob } }): Finding[] => {
    if (!binary || newBlob === null || newBlob === oldBlob) return [];
    return [{ kind: 'binary', path, message: oldBlob === null ? `${path} is a new file that is not text.` : `${path} was changed and is not text.` }];
  });
