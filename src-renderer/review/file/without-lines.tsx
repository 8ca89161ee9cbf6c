import { useEffect, type ReactNode } from 'react';
import { viewWithoutLines, type DiffView } from '../diff/diff-view.ts';

interface WithoutLinesProps {
  readonly path: string;
  readonly onReady: (view: DiffView | null) => void;
  readonly children: ReactNode;
}

/** What is shown of a file in place of its lines: it is all there at once. */
export const WithoutLines = ({ path, onReady, children }: WithoutLinesProps): ReactNode => {
  useEffect(() => {
    onReady(viewWithoutLines(path));
    return () => onReady(null);
  }, [path, onReady]);
  return children;
};
