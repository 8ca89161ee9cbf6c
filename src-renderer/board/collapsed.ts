import { create } from 'zustand';
import { column, type Column } from '../../src-main/contract/brief.ts';

const KEY = 'drydock.board.collapsed';

const kept = (): ReadonlySet<Column> => {
  try {
    const parsed = column.array().safeParse(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return new Set(parsed.success ? parsed.data : []);
  } catch {
    return new Set();
  }
};

/** Columns that are shown as a strip, remembered on this machine. */
export const useCollapsed = create<{ columns: ReadonlySet<Column> }>(() => ({ columns: kept() }));

export const setCollapsed = (name: Column, collapsed: boolean): void => {
  const columns = new Set(useCollapsed.getState().columns);
  if (collapsed) columns.add(name);
  else columns.delete(name);
  useCollapsed.setState({ columns });
  try {
    localStorage.setItem(KEY, JSON.stringify([...columns]));
  } catch {
    // It is remembered until the window closes, then.
  }
};
