import { lazy, Suspense, useMemo, useState, type ReactElement } from 'react';
import { Segments } from '../../ui/segments.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { DiffEditorProps } from '../diff/diff-editor.tsx';
import { isLink, isSubmodule } from './change-in-words.ts';
import { textOf, type LoadedFile } from './file-contents.ts';
import { FileNote, LinkNote, SaveSides, sizesOf, SubmoduleNote } from './file-note.tsx';
import { ImageView } from './image-view.tsx';
import { isNamedPicture, isSvg } from './picture.ts';
import { loadDiffEditor } from '../diff/load-diff-editor.ts';

const DiffEditor = lazy(loadDiffEditor);

/** Larger texts, and longer lines, are not put into the editor: bytes, and characters. */
const MOST_BYTES = 5_000_000;
const LONGEST_LINE = 500_000;

const longestLine = (text: string): number => {
  let longest = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    longest = Math.max(longest, to - from);
    from = to + 1;
  }
  return longest;
};

export type DiffProps = Omit<DiffEditorProps, 'path' | 'before' | 'after' | 'hunks'>;

const TextDiff = ({ file, diff }: { readonly file: LoadedFile; readonly diff: DiffProps }): ReactElement => {
  const { change, hunks } = file;
  const before = useMemo(() => textOf(file.before), [file]);
  const after = useMemo(() => textOf(file.after), [file]);
  const isLong = useMemo(() => Math.max(longestLine(before), longestLine(after)) > LONGEST_LINE, [before, after]);
  if (isLong) {
    return (
      <FileNote title="A line of this file is too long to show">
        <p className="muted">{sizesOf(file.before, file.after)}. Download it, or use Try to look at it in your editor.</p>
        <SaveSides {...file} />
      </FileNote>
    );
  }
  return (
    <>
      {before.replaceAll('\r\n', '\n') === after.replaceAll('\r\n', '\n') && <p className="file-remark">Only the ends of lines differ (CRLF and LF).</p>}
      <Suspense fallback={<Skeleton lines={6} label="Loading the editor" />}>
        <DiffEditor {...diff} path={change.path} before={before} after={after} hunks={hunks} />
      </Suspense>
    </>
  );
};

const SvgDiff = ({ file, diff }: { readonly file: LoadedFile; readonly diff: DiffProps }): ReactElement => {
  const [as, setAs] = useState<'text' | 'picture'>('text');
  return (
    <>
      <div className="file-remark">
        <Segments label="Show the drawing as" value={as} options={[{ value: 'text', title: 'Text' }, { value: 'picture', title: 'Picture' }]} onChange={setAs} />
      </div>
      {as === 'text' ? <TextDiff file={file} diff={diff} /> : <ImageView before={file.before} after={file.after} svg />}
    </>
  );
};

/** What a change is, shown: a diff of its text, pictures, or words. */
export const FileBody = ({ file, diff }: { readonly file: LoadedFile; readonly diff: DiffProps }): ReactElement => {
  const { change, before, after } = file;
  if (isSubmodule(change)) return <SubmoduleNote change={change} />;
  if (isLink(change)) return <LinkNote before={before} after={after} />;
  if (change.oldBlob === change.newBlob) return <FileNote title="No change in the content" />;
  if (isNamedPicture(change.path)) return <ImageView before={before} after={after} svg={false} />;
  if (change.binary || before?.binary || after?.binary) {
    return (
      <FileNote title="Binary file">
        <p className="muted">{sizesOf(before, after)}</p>
        <SaveSides {...file} />
      </FileNote>
    );
  }
  if ([before, after].some((side) => side !== null && (side.bytes === null || side.size > MOST_BYTES))) {
    return (
      <FileNote title="Too large to show">
        <p className="muted">{sizesOf(before, after)}. Use Try to look at it in your editor.</p>
        <SaveSides {...file} />
      </FileNote>
    );
  }
  if ((before?.size ?? 0) + (after?.size ?? 0) === 0) return <FileNote title={`Empty file ${before === null ? 'added' : 'deleted'}`} />;
  return isSvg(change.path) ? <SvgDiff file={file} diff={diff} /> : <TextDiff file={file} diff={diff} />;
};
