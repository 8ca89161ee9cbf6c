import { useEffect, useState, type ReactElement } from 'react';
import type { FileContent } from '../../../src-main/contract/endpoints.ts';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { LineComment } from '../diff/diff-view.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { api } from '../../client/api.ts';
import { faultOf } from '../../client/fault-of.ts';
import { FaultText } from '../../ui/fault-text.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { textOf } from '../file/file-contents.ts';
import { ViewToggles } from '../file/file-head.tsx';
import { FileNote, sizesOf } from '../file/file-note.tsx';
import { ImageView } from '../file/image-view.tsx';
import { isNamedPicture } from '../../../src-main/domain/picture.ts';
import { DiffOfTexts } from '../diff/diff-of-texts.tsx';

const NOTHING_OUT: ReadonlySet<string> = new Set();
const NO_COMMENTS: readonly LineComment[] = [];
const nothing = (): void => undefined;

interface Sides {
  readonly path: string;
  readonly base: FileContent | null;
  readonly now: FileContent | null;
}

const Body = ({ runId, sides }: { readonly runId: RunId; readonly sides: Sides }): ReactElement => {
  const { path, base, now } = sides;
  if (base === null && now === null) return <FileNote title="Not there any more" />;
  if (isNamedPicture(path)) return <ImageView before={base} after={now} svg={false} />;
  if (base?.binary || now?.binary) return <FileNote title="Binary file"><p className="muted">{sizesOf(base, now)}</p></FileNote>;
  if (base?.bytes === null || now?.bytes === null) return <FileNote title="Too large to show"><p className="muted">{sizesOf(base, now)}</p></FileNote>;
  return (
    <DiffOfTexts
      runId={runId}
      path={path}
      before={textOf(base)}
      after={textOf(now)}
      hunks={null}
      out={NOTHING_OUT}
      fixed
      comments={NO_COMMENTS}
      commentable={false}
      at={null}
      onHunk={nothing}
      onKeep={() => Promise.resolve(false)}
      onRemove={nothing}
      onReady={nothing}
      instead={
        <FileNote title="A line of this file is too long to show">
          <p className="muted">{sizesOf(base, now)}</p>
        </FileNote>
      }
    />
  );
};

/** A file as it is in the container right now, beside the base. `at` changes when it is to be looked at again. */
export const LiveFile = ({ runId, path, at }: { readonly runId: RunId; readonly path: string; readonly at: number }): ReactElement => {
  const [sides, setSides] = useState<Sides | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    api.runs.liveFile({ runId, path }, { signal: giveUp.signal }).then(
      (found) => {
        setError(null);
        // The same content again must not throw away where the person reads.
        setSides((known) => (known?.path === path && known.base?.bytes === found.base?.bytes && known.now?.bytes === found.now?.bytes ? known : { path, ...found }));
      },
      (failure: unknown) => {
        if (!giveUp.signal.aborted) setError(failure);
      },
    );
    return () => giveUp.abort();
  }, [runId, path, at]);
  return (
    <section className="file-view" aria-label={`Changes so far in ${visibleText(path)}`} data-shown={sides?.path}>
      <header className="file-head">
        <h2 className="file-title grow" aria-label={visibleText(path)} title={visibleText(path)}>
          <PathText path={visibleText(path)} />
        </h2>
        <ViewToggles />
      </header>
      {error !== null && (
        <div className="file-note">
          <FaultText fault={faultOf(error)} />
        </div>
      )}
      {sides === null && error === null && <Skeleton lines={6} label="Loading the file" />}
      {sides && error === null && <Body runId={runId} sides={sides} />}
    </section>
  );
};
