import { useMemo, useState, type ReactElement } from 'react';
import type { FileChange } from '../../../src-main/contract/result.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { FilterIcon, ListIcon, TreeIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { Segments } from '../../ui/segments.tsx';
import { changeView, useReviewView } from '../review-view.ts';
import { WHICH_WORD, type FileMarks, type Which } from './file-filter.ts';
import { FileTreeView } from './file-tree-view.tsx';
import { foldersAbove, listRows, treeRows } from './file-tree.ts';

export interface FilePanelProps {
  /** All files, and those that the filter leaves. */
  readonly files: readonly FileChange[];
  readonly listed: readonly FileChange[];
  readonly marks: ReadonlyMap<string, FileMarks> | null;
  readonly selected: string | null;
  readonly fixed: boolean;
  readonly which: Which;
  readonly text: string;
  readonly onWhich: (which: Which) => void;
  readonly onText: (text: string) => void;
  readonly onSelect: (path: string) => void;
  readonly onInclude: (paths: readonly string[], included: boolean) => void;
}

/** How many are in. */
const includedOf = (files: readonly FileChange[], marks: FilePanelProps['marks']): number => (marks === null ? files.length : files.filter(({ path }) => !marks.get(path)?.excluded).length);

/** The changed files, to be found, filtered and taken out. */
export const FilePanel = ({ files, listed, marks, selected, fixed, which, text, onWhich, onText, onSelect, onInclude }: FilePanelProps): ReactElement => {
  const as = useReviewView((view) => view.files);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  // The line under the keys follows the file that is shown, however that was chosen; the folders above it open.
  if (followed !== selected) {
    setFollowed(selected);
    setActive(selected);
    const above = new Set(selected === null ? [] : foldersAbove(selected));
    if ([...closed].some((path) => above.has(path))) setClosed(new Set([...closed].filter((path) => !above.has(path))));
  }
  const fold = (path: string, open: boolean): void => setClosed(new Set(open ? [...closed].filter((each) => each !== path) : [...closed, path]));
  const rows = useMemo(() => (as === 'tree' ? treeRows(listed, text === '' ? closed : new Set()) : listRows(listed)), [as, listed, closed, text]);
  const included = useMemo(() => includedOf(files, marks), [files, marks]);
  // Whoever has filtered means what is to be seen.
  const isFiltered = listed.length < files.length;
  const shownIncluded = useMemo(() => includedOf(listed, marks), [listed, marks]);
  return (
    <section className="file-panel" aria-label="Files">
      <div className="file-tools">
        <input type="search" className="input file-find" aria-label="Filter files" placeholder="Filter files" value={text} onChange={(event) => onText(event.target.value)} />
        {marks !== null && (
          <MenuButton
            label={`Which files: ${WHICH_WORD[which]}`}
            look="icon"
            button={<FilterIcon />}
            sections={[{ entries: (Object.keys(WHICH_WORD) as Which[]).map((each) => ({ id: each, title: WHICH_WORD[each], ...(each === which && { detail: '✓' }), onAction: () => onWhich(each) })) }]}
          />
        )}
        <Segments
          label="Files as"
          value={as}
          options={[
            { value: 'tree', title: <TreeIcon />, name: 'Tree' },
            { value: 'list', title: <ListIcon />, name: 'List' },
          ]}
          onChange={(value) => changeView({ files: value })}
        />
      </div>
      <div className="file-all">
        {marks !== null && (
          <input
            type="checkbox"
            aria-label={isFiltered ? 'Include the files that are shown' : 'Include all files'}
            disabled={fixed || listed.length === 0}
            checked={shownIncluded === listed.length}
            ref={(box) => {
              if (box) box.indeterminate = shownIncluded > 0 && shownIncluded < listed.length;
            }}
            onChange={(event) => onInclude(listed.map((file) => file.path), event.target.checked)}
          />
        )}
        <span data-testid="included">{included === files.length ? count(files.length, 'file') : `${included.toLocaleString('en')} of ${count(files.length, 'file')} included`}</span>
        {isFiltered && (
          <span className="muted grow filter-said">
            {which === 'all' ? '' : `${WHICH_WORD[which].toLowerCase()}: `}
            {listed.length.toLocaleString('en')} shown
          </span>
        )}
        {isFiltered && (
          <Button
            look="quiet"
            className="small"
            onClick={() => {
              onWhich('all');
              onText('');
            }}
          >
            Show all
          </Button>
        )}
      </div>
      {rows.length > 0 && (
        <FileTreeView
          rows={rows}
          marks={marks}
          selected={selected}
          active={active}
          fixed={fixed}
          onActive={setActive}
          onSelect={onSelect}
          onFold={fold}
          onInclude={(path, include) => onInclude([path], include)}
        />
      )}
      {rows.length === 0 && files.length > 0 && <p className="muted file-nothing">No file is like that.</p>}
    </section>
  );
};
