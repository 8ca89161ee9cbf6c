import { useCallback, useMemo, useState, type ReactElement } from 'react';
import { Segments } from '../../ui/segments.tsx';
import type { DiffEditorProps } from '../diff/diff-editor.tsx';
import { DiffOfTexts } from '../diff/diff-of-texts.tsx';
import { noteBroken } from './broken-pictures.ts';
import { isLink, isSubmodule } from './change-in-words.ts';
import { textOf, type LoadedFile } from './file-contents.ts';
import { FileNote, LinkNote, SaveSides, sizesOf, SubmoduleNote } from './file-note.tsx';
import { ImageView } from './image-view.tsx';
import { isNamedPicture, isSvg } from '../../../src-main/domain/picture.ts';
import { WithoutLines } from './without-lines.tsx';

/** Larger texts are not put into the editor, in bytes. */
const MOST_BYTES = 5_000_000;

export type DiffProps = Omit<DiffEditorProps, 'path' | 'before' | 'after' | 'hunks'>;

const TextDiff = ({ file, diff }: { readonly file: LoadedFile; readonly diff: DiffProps }): ReactElement => {
  const { change, hunks } = file;
  const before = useMemo(() => textOf(file.before), [file]);
  const after = useMemo(() => textOf(file.after), [file]);
  return (
    <>
      {before.replaceAll('\r\n', '\n') === after.replaceAll('\r\n', '\n') && <p className="file-remark">Only the ends of lines differ (CRLF and LF).</p>}
      <DiffOfTexts
        {...diff}
        path={change.path}
        before={before}
        after={after}
        hunks={hunks}
        instead={
          <WithoutLines path={change.path} onReady={diff.onReady}>
            <FileNote title="A line of this file is too long to show">
              <p className="muted">{sizesOf(file.before, file.after)}. Download it, or use Try to look at it in your editor.</p>
              <SaveSides {...file} />
            </FileNote>
          </WithoutLines>
        }
      />
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
      {as === 'text' ? (
        <TextDiff file={file} diff={diff} />
      ) : (
        <WithoutLines path={file.change.path} onReady={diff.onReady}>
          <ImageView before={file.before} after={file.after} svg />
        </WithoutLines>
      )}
    </>
  );
};

/** What is shown in place of lines: pictures, or words; null: there are lines. */
const insteadOfLines = (file: LoadedFile, onBroken: () => void): ReactElement | null => {
  const { change, before, after } = file;
  if (isSubmodule(change)) return <SubmoduleNote change={change} />;
  if (isLink(change)) return <LinkNote before={before} after={after} />;
  if (change.oldBlob === change.newBlob) return <FileNote title="No change in the content" />;
  if (isNamedPicture(change.path)) return <ImageView before={before} after={after} svg={false} onBroken={onBroken} />;
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
  return (before?.size ?? 0) + (after?.size ?? 0) === 0 ? <FileNote title={`Empty file ${before === null ? 'added' : 'deleted'}`} /> : null;
};

/** What a change is, shown: a diff of its text, pictures, or words. */
export const FileBody = ({ file, diff }: { readonly file: LoadedFile; readonly diff: DiffProps }): ReactElement => {
  const { path } = file.change;
  const { runId } = diff;
  const onBroken = useCallback(() => noteBroken(runId, path), [runId, path]);
  const instead = insteadOfLines(file, onBroken);
  if (instead === null) return isSvg(path) ? <SvgDiff file={file} diff={diff} /> : <TextDiff file={file} diff={diff} />;
  return (
    <WithoutLines path={path} onReady={diff.onReady}>
      {instead}
    </WithoutLines>
  );
};
