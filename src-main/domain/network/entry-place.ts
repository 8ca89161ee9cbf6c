import type { NetworkEntry } from '../../contract/network.ts';

/** What makes two attempts ones of the same kind, counted together. */
export const entryPlace = ({ turn, host, port, method, path, refused }: NetworkEntry): string => JSON.stringify([turn, host, port, method, path, refused]);
