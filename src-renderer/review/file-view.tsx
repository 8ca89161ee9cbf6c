import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react';
import type { FileContent } from '../../src-main/contract/endpoints.ts';
import type { RunId } from '../../src-main/contract/ids.ts';
import type { FileChange } from '../../src-main/contract/result.ts';
import { faultOf } from '../client/fault-of.ts';
import { bytes } from '../ui/format.ts';
import { FaultText } from '../ui/fault-text.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { isLink, isSubmodule, KIND, remarksOn } from './change-in-words.ts';
import type { DiffEditorProps } from './diff-editor.tsx';
import { contentOf, textOf } from './file-contents.ts';

const DiffEditor = lazy(() => import('./diff-editor.tsx'));

type Side = FileContent | null;
type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'loaded'; readonly change: FileChange; readonly before: Side; readonly after: Side };

/** Both sides of a change; the file before stays on screen until they are there. */
const useSides = (runId: RunId, change: FileChange): Loaded => {
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  useEffect(() => {
    let current = true;
    const side = (blob: FileChange['oldBlob']): Promise<Side> => (blob === null || isSubmodule(change) ? Promise.resolve(null) : contentOf(runId, blob));
    Promise.all([side(change.oldBlob), side(change.newBlob)]).then(
      ([before, after]) => {
        if (current) setLoaded({ kind: 'loaded', change, before, after });
      },
      (error: unknown) => {
        if (current) setLoaded({ kind: 'failed', error });
      },
    );
    return () => {
      current = false;
    };
  }, [runId, change]);
  return loaded;
};

const sizes = (before: Side, after: Side): string =>
  [before && `${bytes(before.size)} before`, after && `${bytes(after.size)} after`].filter(Boolean).join(', ');

const LinkSides = ({ before, after }: { readonly before: Side; readonly after: Side }): ReactElement => (
  <div className="file-note">
    <h3>Symbolic link</h3>
    {before && <p className="mono literal tone-red">− {visibleText(textOf(before))}</p>}
    {after && <p className="mono literal tone-green">+ {visibleText(textOf(after))}</p>}
    <p className="muted">A link is shown as its target and never followed.</p>
  </div>
);

const Body = ({ loaded, onReady }: { readonly loaded: Loaded & { kind: 'loaded' }; readonly onReady: DiffEditorProps['onReady'] }): ReactElement => {
  const { change, before, after } = loaded;
  if (isSubmodule(change)) return <div className="file-note"><h3>Submodule</h3><p>{change.oldBlob ?? 'none'} → {change.newBlob ?? 'none'}</p></div>;
  if (isLink(change)) return <LinkSides before={before} after={after} />;
  if (change.oldBlob === change.newBlob) return <div className="file-note"><h3>No change in the content</h3></div>;
  if (change.binary || before?.binary || after?.binary) return <div className="file-note"><h3>Binary file</h3><p className="muted">{sizes(before, after)}</p></div>;
  if (before?.bytes === null || after?.bytes === null) {
    return <div className="file-note"><h3>Too large to show</h3><p className="muted">{sizes(before, after)}. Use Try to look at it in your editor.</p></div>;
  }
  return (
    <Suspense fallback={<p className="file-note muted">Loading the editor…</p>}>
      <DiffEditor path={change.path} before={before ? textOf(before) : ''} after={after ? textOf(after) : ''} onReady={onReady} />
    </Suspense>
  );
};

interface FileViewProps {
  readonly runId: RunId;
  readonly change: FileChange;
  readonly onReady: DiffEditorProps['onReady'];
}

/** One changed file: a diff of its text, or what can be said of it in words. */
export const FileView = ({ runId, change, onReady }: FileViewProps): ReactElement => {
  const loaded = useSides(runId, change);
  const remarks = remarksOn(change);
  return (
    <section className="file-view" aria-label={`Changes in ${visibleText(change.path)}`}>
      <header>
        <span className="mono literal grow ellipsis" title={visibleText(change.path)}>{visibleText(change.path)}</span>
        <span className="muted">{KIND[change.kind].word}</span>
      </header>
      {remarks.map((remark) => (
        <p key={remark} className="file-remark literal">{visibleText(remark)}</p>
      ))}
      {loaded.kind === 'loading' && <p className="file-note muted">Loading…</p>}
      {loaded.kind === 'failed' && <div className="file-note"><FaultText fault={faultOf(loaded.error)} /></div>}
      {loaded.kind === 'loaded' && <Body loaded={loaded} onReady={onReady} />}
    </section>
  );
};
