import { join } from 'node:path';

/** Briefs, runs, events, settings: what cannot be made again. */
export const DURABLE = 'durable.sqlite';
/** The full-text index: may be deleted at any time, is made again from the durable one. */
export const DERIVED = 'derived.sqlite';
export const BACKUPS = 'backups';

export const pathIn = (directory: string, name: string): string => join(directory, name);
