import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { newHttpSecrets } from '../wire/transports/http-access.ts';

const FILE = 'browser.json';

const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const browserSession = z.object({ port: z.number().int().min(0).max(65_535), token: secret, session: secret });

/** Where the browser interface of a data directory was served last, and with which secrets. */
export type BrowserSession = z.infer<typeof browserSession>;

/** The last session, so that pages that were open connect again; a new one where there is none that can be read. */
export const lastBrowserSession = async (dataDirectory: string): Promise<BrowserSession> => {
  try {
    return browserSession.parse(JSON.parse(await readFile(join(dataDirectory, FILE), 'utf8')));
  } catch {
    return { port: 0, ...newHttpSecrets() };
  }
};

/** Keeps a session for the next start, readable by this user alone. */
export const keepBrowserSession = async (dataDirectory: string, session: BrowserSession): Promise<void> => {
  const draft = join(dataDirectory, `${FILE}.${randomUUID()}`);
  await writeFile(draft, `${JSON.stringify(session)}\n`, { mode: 0o600 });
  await rename(draft, join(dataDirectory, FILE));
};
