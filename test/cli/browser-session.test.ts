import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepBrowserSession, lastBrowserSession } from '../../src-main/cli/browser-session.ts';

describe('the browser session of a data directory', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'drydock-session-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is new at first, and the same after that, for this user alone', async () => {
    const first = await lastBrowserSession(directory);
    expect(first).toMatchObject({ port: 0, token: expect.stringMatching(/^[\w-]{43}$/), session: expect.stringMatching(/^[\w-]{43}$/) });
    expect(first.token).not.toBe(first.session);
    await keepBrowserSession(directory, { ...first, port: 4_000 });
    expect(await lastBrowserSession(directory)).toEqual({ ...first, port: 4_000 });
    expect((await stat(join(directory, 'browser.json'))).mode & 0o777).toBe(0o600);
  });

  it('is new where the file holds anything else, and never a weak secret', async () => {
    for (const text of ['', '{', '{"port":80,"token":"","session":""}', '{"port":-1}', '[]']) {
      await writeFile(join(directory, 'browser.json'), text);
      expect((await lastBrowserSession(directory)).port).toBe(0);
    }
  });
});
