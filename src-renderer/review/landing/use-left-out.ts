import { useEffect, useState } from 'react';
import type { FileChange } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { hunksOf } from '../file/file-contents.ts';
import { leftOutInWords, type KnownHunks } from './left-out.ts';

const NONE: KnownHunks = new Map();

/** What of a result is not landed, in words: by its lines once the hunks are known, until then by their number. */
export const useLeftOut = (run: Run, files: readonly FileChange[]): string => {
  const [known, setKnown] = useState(NONE);
  const { id, excludedHunks } = run;
  useEffect(() => {
    let isWanted = true;
    const wanted = files.filter(({ path }) => (excludedHunks[path]?.length ?? 0) > 0);
    Promise.all(wanted.map(async (change) => [change.path, await hunksOf(id, change)] as const)).then(
      (found) => isWanted && setKnown(new Map(found)),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [id, excludedHunks, files]);
  return leftOutInWords(run, known);
};
