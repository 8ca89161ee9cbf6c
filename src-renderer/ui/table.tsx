import type { ReactElement, ReactNode } from 'react';
import { Cell, Column, Row, Table as AriaTable, TableBody, TableHeader } from 'react-aria-components';

export interface TableColumn<Item> {
  readonly id: string;
  readonly title: string;
  /** The title is for readers only: a column of buttons. */
  readonly quiet?: boolean;
  /** `end` for numbers, so that their digits stand below each other. */
  readonly align?: 'end';
  /** Takes what the others leave. */
  readonly wide?: boolean;
  readonly cell: (item: Item) => ReactNode;
}

interface TableProps<Item> {
  readonly label: string;
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** What a row is called when it is told to somebody who does not see it. */
  readonly nameOf: (item: Item) => string;
  /** Enter on a row, or a click on it; without it a row leads nowhere. */
  readonly onOpen?: (item: Item) => void;
  readonly empty?: ReactNode;
}

/** A table of tens of rows: the arrow keys go from cell to cell, and into the links and buttons in them. The first column names the row. */
export const Table = <Item,>({ label, columns, items, keyOf, nameOf, onOpen, empty }: TableProps<Item>): ReactElement => (
  <div className="table-frame">
    <AriaTable className="table" aria-label={label}>
      <TableHeader>
        {columns.map((column, at) => (
          <Column key={column.id} id={column.id} isRowHeader={at === 0} className={`table-title${column.align ? ' end' : ''}${column.wide ? ' wide' : ''}`}>
            <span className={column.quiet ? 'hidden-text' : undefined}>{column.title}</span>
          </Column>
        ))}
      </TableHeader>
      <TableBody renderEmptyState={() => <div className="table-empty">{empty}</div>}>
        {items.map((item) => (
          <Row key={keyOf(item)} id={keyOf(item)} textValue={nameOf(item)} className="table-row" {...(onOpen && { onAction: () => onOpen(item) })}>
            {columns.map((column) => (
              <Cell key={column.id} className={`table-cell${column.align ? ' end' : ''}${column.wide ? ' wide' : ''}`}>
                {column.cell(item)}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </AriaTable>
  </div>
);
