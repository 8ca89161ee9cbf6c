import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { marksFor, type FileMarks } from './file-filter.ts';
import { FileRow } from './file-row.tsx';
import type { TreeRow } from './file-tree.ts';

interface FileTreeViewProps {
  readonly rows: readonly TreeRow[];
  /** null: nothing can be taken out, as while the run still works. */
  readonly marks: ReadonlyMap<string, FileMarks> | null;
  /** The path of the file that is shown. */
  readonly selected: string | null;
  /** The path of the line that the keys are on. */
  readonly active: string | null;
  readonly fixed: boolean;
  readonly onActive: (path: string) => void;
  readonly onSelect: (path: string) => void;
  readonly onFold: (path: string, open: boolean) => void;
  readonly onInclude: (path: string, included: boolean) => void;
}

const ROW = 26;
const pathOf = (row: TreeRow): string => (row.kind === 'file' ? row.file.path : row.path);
const idOf = (row: TreeRow): string => `file-${row.kind === 'file' ? 'f' : 'd'}-${encodeURIComponent(pathOf(row))}`;

/** The changed files as a tree that is one stop for the Tab key; only the lines in sight are in the document. */
export const FileTreeView = ({ rows, marks, selected, active, fixed, onActive, onSelect, onFold, onInclude }: FileTreeViewProps): ReactElement => {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW, overscan: 12, paddingStart: 4, paddingEnd: 8 });
  const at = rows.findIndex((row) => pathOf(row) === active);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const goTo = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    onActive(pathOf(row));
    if (row.kind === 'file') onSelect(row.file.path);
  };
  const above = (level: number): number => rows.findLastIndex((row, index) => index < at && row.kind === 'folder' && row.level < level);
  const choose = (row: TreeRow): void => {
    onActive(pathOf(row));
    if (row.kind === 'file') onSelect(row.file.path);
    else onFold(row.path, !row.open);
  };
  const press = (event: KeyboardEvent): void => {
    const row = rows[at];
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      PageDown: () => goTo(at + 20),
      PageUp: () => goTo(at - 20),
      Enter: () => row && choose(row),
      ' ': () => {
        if (row?.kind === 'folder') choose(row);
        else if (row && marks && !fixed) onInclude(row.file.path, marksFor(marks, row.file.path).excluded);
      },
      ArrowRight: () => (row?.kind === 'folder' && !row.open ? onFold(row.path, true) : goTo(at + 1)),
      ArrowLeft: () => (row?.kind === 'folder' && row.open ? onFold(row.path, false) : row && goTo(above(row.level))),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };
  const items = virtual.getVirtualItems();
  const activeRow = rows[at];
  return (
    <div
      ref={box}
      className="file-tree"
      role="tree"
      aria-label="Changed files"
      tabIndex={0}
      aria-activedescendant={activeRow && items.some(({ index }) => index === at) ? idOf(activeRow) : undefined}
      onKeyDown={press}
    >
      <div role="none" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <FileRow
                key={idOf(row)}
                id={idOf(row)}
                row={row}
                top={item.start}
                position={item.index + 1}
                marks={marks && row.kind === 'file' ? marksFor(marks, row.file.path) : null}
                selected={row.kind === 'file' && row.file.path === selected}
                active={item.index === at}
                fixed={fixed}
                onChoose={choose}
                onInclude={onInclude}
              />
            )
          );
        })}
      </div>
    </div>
  );
};
