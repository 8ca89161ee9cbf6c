import type { ReactElement, ReactNode } from 'react';
import type { FileContent } from '../../../src-main/contract/endpoints.ts';
import type { FileChange } from '../../../src-main/contract/result.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { bytes } from '../../ui/format.ts';
import { DownIcon } from '../../ui/icons.tsx';
import { bytesOf, textOf } from './file-contents.ts';

type Side = FileContent | null;

export const sizesOf = (before: Side, after: Side): string => [before && `${bytes(before.size)} before`, after && `${bytes(after.size)} after`].filter(Boolean).join(', ');

/** What can be said of a file that is not shown line by line. */
export const FileNote = ({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactElement => (
  <div className="file-note">
    <h3>{title}</h3>
    {children}
  </div>
);

const save = (path: string, content: FileContent): void => {
  const whole = bytesOf(content);
  if (whole === null) return;
  const url = URL.createObjectURL(new Blob([whole], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = path.slice(path.lastIndexOf('/') + 1);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
};

/** Hands a side of a file to the person, where one answer carried all of it. */
export const SaveSides = ({ change, before, after }: { readonly change: FileChange; readonly before: Side; readonly after: Side }): ReactElement => (
  <p className="row">
    {before?.bytes != null && (
      <Button onClick={() => save(change.oldPath ?? change.path, before)}>
        <DownIcon /> Download before
      </Button>
    )}
    {after?.bytes != null && (
      <Button onClick={() => save(change.path, after)}>
        <DownIcon /> Download after
      </Button>
    )}
  </p>
);

export const LinkNote = ({ before, after }: { readonly before: Side; readonly after: Side }): ReactElement => (
  <FileNote title="Symbolic link">
    {before && <p className="mono literal tone-red">− {visibleText(textOf(before))}</p>}
    {after && <p className="mono literal tone-green">+ {visibleText(textOf(after))}</p>}
    <p className="muted">A link is shown as its target and never followed.</p>
  </FileNote>
);

export const SubmoduleNote = ({ change }: { readonly change: FileChange }): ReactElement => (
  <FileNote title="Submodule">
    {change.oldBlob && <p className="mono tone-red">− commit {change.oldBlob}</p>}
    {change.newBlob && <p className="mono tone-green">+ commit {change.newBlob}</p>}
    <p className="muted">Only the commit that it points to is part of the result.</p>
  </FileNote>
);
