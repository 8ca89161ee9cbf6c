import { first } from './0001-first.ts';
import { snapshotUses } from './0002-snapshot-uses.ts';
import { historyRows } from './0003-history-rows.ts';
import { sealedEnvironments } from './0004-sealed-environments.ts';
import { snapshotBytes } from './0005-snapshot-bytes.ts';
import type { Migration } from './migration.ts';

/** Every schema step there ever was, in order. Only appended to. */
export const released: readonly Migration[] = [first, snapshotUses, historyRows, sealedEnvironments, snapshotBytes];
