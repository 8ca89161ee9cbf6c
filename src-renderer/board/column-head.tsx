import type { ReactElement } from 'react';
import type { Column } from '../../src-main/contract/brief.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { Button } from '../ui/button.tsx';
import { CollapseIcon, PlusIcon } from '../ui/icons.tsx';
import { setCollapsed } from './collapsed.ts';
import { setAdding } from './open.ts';

interface ColumnHeadProps {
  readonly column: Column;
  readonly shown: number;
  readonly total: number;
}

/** A column's name and how many cards it has: "3 of 12" while filters hide some. */
export const ColumnHead = ({ column, shown, total }: ColumnHeadProps): ReactElement => (
  <div className="column-head">
    <h2>
      {COLUMN_TITLE[column]} <span className="muted">{shown < total ? `${shown.toLocaleString('en')} of ${total.toLocaleString('en')}` : total.toLocaleString('en')}</span>
    </h2>
    <span className="grow" />
    <Button look="icon" className="column-button column-collapse" aria-label={`Collapse ${COLUMN_TITLE[column]}`} title={`Collapse ${COLUMN_TITLE[column]}`} onClick={() => setCollapsed(column, true)}>
      <CollapseIcon />
    </Button>
    {column === 'backlog' && (
      <Button look="icon" className="column-button" aria-label="Add a brief" title="Add a brief (N)" onClick={() => setAdding(true)}>
        <PlusIcon />
      </Button>
    )}
  </div>
);
