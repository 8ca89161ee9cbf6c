import type { Finding } from '../../contract/result.ts';
import { isNamedPicture, pictureType } from '../picture.ts';
import type { ChangedFile } from './changed-file.ts';

/** What is wrong with a file that is called like a picture; null: it is one, or nobody has looked. */
const pictureProblem = ({ change: { path }, head }: ChangedFile): string | null => {
  if (head === undefined || !isNamedPicture(path)) return null;
  if (head.length === 0) return `${path} is called like a picture and is empty.`;
  return pictureType(head) === null ? `${path} is not a picture, whatever its name says.` : null;
};

/** Files whose change nobody can read, or that are not what they are called. */
export const binaryFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.flatMap((file): Finding[] => {
    const { path, binary, oldBlob, newBlob } = file.change;
    if (newBlob === null || newBlob === oldBlob) return [];
    const problem = pictureProblem(file);
    if (problem !== null) return [{ kind: 'binary', path, message: problem }];
    if (!binary) return [];
    return [{ kind: 'binary', path, message: oldBlob === null ? `${path} is a new file that is not text.` : `${path} was changed and is not text.` }];
  });
