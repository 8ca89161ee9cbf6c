import { memo, type ReactElement } from 'react';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { count } from '../../ui/format.ts';
import { CheckIcon, ChevronDownIcon, ChevronRightIcon, CommentIcon, FlagIcon } from '../../ui/icons.tsx';
import { PathText } from '../../ui/path-text.tsx';
import { KIND } from '../file/change-in-words.ts';
import type { FileMarks } from './file-filter.ts';
import type { TreeRow } from './file-tree.ts';

interface RowProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  readonly marks: FileMarks | null;
  readonly selected: boolean;
  readonly active: boolean;
  readonly fixed: boolean;
  readonly position: number;
  readonly onChoose: (row: TreeRow) => void;
  readonly onInclude: (path: string, included: boolean) => void;
}

const marksInWords = (marks: FileMarks): string =>
  [marks.excluded && 'excluded', marks.excludedHunks > 0 && !marks.excluded && `${count(marks.excludedHunks, 'hunk')} excluded`, marks.viewed && 'viewed', marks.findings > 0 && count(marks.findings, 'finding'), marks.comments > 0 && count(marks.comments, 'comment')]
    .filter(Boolean)
    .join(', ');

/** A line of the tree. It never takes the focus itself: the tree has it, and says which line is meant. */
export const FileRow = memo(({ id, row, top, marks, selected, active, fixed, position, onChoose, onInclude }: RowProps): ReactElement => {
  const place = { transform: `translateY(${top}px)`, paddingLeft: 8 + (row.level - 1) * 12 };
  const shared = { id, role: 'treeitem', 'aria-level': row.level, 'aria-posinset': position, 'aria-selected': selected, style: place, onClick: () => onChoose(row) };
  if (row.kind === 'folder') {
    return (
      <div {...shared} className={`file-row folder${active ? ' active' : ''}`} aria-expanded={row.open} data-folder={row.path}>
        {row.open ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
        <PathText path={visibleText(row.name)} />
        {!row.open && <span className="muted file-counts">{row.count}</span>}
      </div>
    );
  }
  const { file } = row;
  const path = visibleText(file.path);
  const kind = KIND[file.kind];
  const said = marks === null ? '' : marksInWords(marks);
  return (
    <div
      {...shared}
      className={`file-row${selected ? ' selected' : ''}${active ? ' active' : ''}${marks?.excluded ? ' excluded' : ''}${marks?.viewed ? ' viewed' : ''}`}
      aria-label={`${path}, ${kind.word}${said === '' ? '' : `, ${said}`}`}
      title={`${path} (${kind.word}${said === '' ? '' : `, ${said}`})`}
      data-file={file.path}
    >
      {marks !== null && (
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Include ${path}`}
          checked={!marks.excluded}
          ref={(box) => {
            if (box) box.indeterminate = !marks.excluded && marks.excludedHunks > 0;
          }}
          disabled={fixed}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => onInclude(file.path, event.target.checked)}
        />
      )}
      <span className={`file-kind ${file.kind}`}>{kind.letter}</span>
      <PathText path={visibleText(row.name)} />
      {marks !== null && marks.findings > 0 && (
        <span className={`file-mark tone-${marks.findingTone}`}>
          <FlagIcon size={11} />
          {marks.findings}
        </span>
      )}
      {marks !== null && marks.comments > 0 && (
        <span className="file-mark">
          <CommentIcon size={11} />
          {marks.comments}
        </span>
      )}
      {file.binary ? (
        <span className="muted file-counts">bin</span>
      ) : (
        <span className="file-counts">
          {file.additions > 0 && <span className="tone-green">+{file.additions}</span>}
          {file.deletions > 0 && <span className="tone-red">−{file.deletions}</span>}
        </span>
      )}
      <span className="file-viewed">{marks?.viewed && <CheckIcon size={12} />}</span>
    </div>
  );
});
FileRow.displayName = 'FileRow';
