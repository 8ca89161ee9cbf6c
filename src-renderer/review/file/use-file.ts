import { useEffect, useState } from 'react';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { FileChange } from '../../../src-main/contract/result.ts';
import { loadFile, type LoadedFile } from './file-contents.ts';

export type Loading = { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly error: unknown } | { readonly kind: 'loaded'; readonly file: LoadedFile };

/** All of a changed file; the one before stays on screen until it is there. The neighbours are pulled when it is. */
export const useFile = (runId: RunId, change: FileChange, neighbours: readonly FileChange[]): Loading => {
  const [loading, setLoading] = useState<Loading>({ kind: 'loading' });
  useEffect(() => {
    let current = true;
    loadFile(runId, change).then(
      (file) => {
        if (current) setLoading({ kind: 'loaded', file });
      },
      (error: unknown) => {
        if (current) setLoading({ kind: 'failed', error });
      },
    );
    return () => {
      current = false;
    };
  }, [runId, change]);
  const shown = loading.kind === 'loaded' && loading.file.change === change;
  useEffect(() => {
    if (shown) for (const next of neighbours) void loadFile(runId, next).catch(() => undefined);
  }, [runId, shown, neighbours]);
  return loading;
};
