import { first } from './0001-first.ts';
import { snapshotUses } from './0002-snapshot-uses.ts';
import { historyRows } from './0003-history-rows.ts';
import type { Migration } from './migration.ts';

/** Every schema step there ever was, in order. Only appended to. */
export const released: readonly Migration[] = [first, snapshotUses, historyRows];
