import { useEffect, useRef, type ReactElement } from 'react';
import type { FileChange } from '../../src-main/contract/result.ts';
import { count } from '../ui/format.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { KIND } from './change-in-words.ts';

interface FileListProps {
  readonly files: readonly FileChange[];
  readonly excluded: ReadonlySet<string>;
  readonly selected: number;
  readonly fixed: boolean;
  readonly onSelect: (index: number) => void;
  readonly onInclude: (paths: readonly string[], included: boolean) => void;
}

const FileRow = ({ change, included, selected, fixed, onSelect, onInclude }: { readonly change: FileChange; readonly included: boolean; readonly selected: boolean; readonly fixed: boolean; readonly onSelect: () => void; readonly onInclude: (included: boolean) => void }): ReactElement => {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const path = visibleText(change.path);
  const cut = path.lastIndexOf('/') + 1;
  return (
    <li ref={row} className={`file-row${selected ? ' selected' : ''}${included ? '' : ' excluded'}`} data-file={change.path}>
      <input type="checkbox" aria-label={`Include ${path}`} checked={included} disabled={fixed} onChange={(event) => onInclude(event.target.checked)} />
      <button type="button" aria-current={selected} title={`${path} (${KIND[change.kind].word})`} onClick={onSelect}>
        <span className={`file-kind ${change.kind}`} aria-hidden="true">{KIND[change.kind].letter}</span>
        <span className="hidden-text">{KIND[change.kind].word} </span>
        <span className="literal file-path">
          {cut > 0 && <span className="muted file-folder">{path.slice(0, cut)}</span>}
          <span className="file-name">{path.slice(cut)}</span>
        </span>
        {change.binary ? <span className="muted">bin</span> : (
          <span className="file-counts">
            {change.additions > 0 && <span className="tone-green">+{change.additions}</span>}
            {change.deletions > 0 && <span className="tone-red">−{change.deletions}</span>}
          </span>
        )}
      </button>
    </li>
  );
};

/** Every changed file, each in the result until it is taken out. */
export const FileList = ({ files, excluded, selected, fixed, onSelect, onInclude }: FileListProps): ReactElement => {
  const included = files.length - files.filter((file) => excluded.has(file.path)).length;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = included > 0 && included < files.length;
  }, [included, files.length]);
  return (
    <nav className="file-list" aria-label="Changed files">
      <label className="file-all">
        <input ref={box} type="checkbox" disabled={fixed} checked={included === files.length} onChange={(event) => onInclude(files.map((file) => file.path), event.target.checked)} />
        <span data-testid="included">{included === files.length ? count(files.length, 'file') : `${included} of ${count(files.length, 'file')} included`}</span>
      </label>
      <ul>
        {files.map((change, index) => (
          <FileRow
            key={change.path}
            change={change}
            included={!excluded.has(change.path)}
            selected={index === selected}
            fixed={fixed}
            onSelect={() => onSelect(index)}
            onInclude={(include) => onInclude([change.path], include)}
          />
        ))}
      </ul>
    </nav>
  );
};
