import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { serveHttp, type HttpListener } from '../../src-main/wire/transports/serve-http.ts';
import { newCommand, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { signIn } from '../support/sign-in.ts';

let drydock: TestDrydock;
let listener: HttpListener;
let folder: string;
let cookie: string;
beforeAll(async () => {
  drydock = await startDrydock();
  folder = await mkdtemp(join(tmpdir(), 'drydock-app-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  listener = await serveHttp({ router: drydock.drydock.router, staticDirectory: folder });
  ({ cookie } = await signIn(listener.url));
});
afterAll(async () => {
  await listener.close();
  await drydock.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** What the service answers to one message on a socket of its own; `closed` and the code when it hangs up instead. */
const answerTo = (message: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${listener.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: listener.origin } });
    socket.on('open', () => socket.send(message));
    socket.on('message', (data) => (resolve(data.toString()), socket.terminate()));
    socket.on('close', (code) => resolve(`closed ${code}`));
    socket.on('error', reject);
  });
const call = (path: string, json: string, meta = '[]'): string => `{"i":"1","p":{"u":"${path}","b":{"json":${json},"meta":${meta}}}}`;
const stillThere = async () => expect(await answerTo(call('/service/hello', '{}'))).toContain('"version"');

describe('messages that are none', () => {
  test.each([
    ['no JSON', 'hello'], ['bytes', Buffer.from([1, 2, 3])], ['null', 'null'], ['a list', '[]'], ['a path upward', call('/../service/hello', '{}')],
    ['a path to a prototype', call('/__proto__/hello', '{}')], ['more than the limit', call('/briefs/importFile', `"${'x'.repeat(17 * 2 ** 20)}"`)],
  ])('%s: the connection is closed, the service goes on', async (_, message) => {
    expect(await answerTo(message)).toMatch(/^closed 10/);
    await stillThere();
  });

  test('a path to what every object has, and a million brackets', async () => {
    for (const path of ['/constructor', '/service/toString']) expect(await answerTo(call(path, '{}'))).toContain('404');
    expect(await answerTo(call('/briefs/importFile', '['.repeat(1_000_000) + ']'.repeat(1_000_000)))).toContain('"invalid"');
    await stillThere();
  });
});

describe('a prototype', () => {
  const command = () => `"commandId":"${newCommand()}"`;
  test.each([
    ['in a body', () => call('/service/changeSettings', `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${command()},"settings":{"slots":2}}`)],
    ['in the types beside a body', () => call('/service/changeSettings', `{"a":{},${command()},"settings":{"slots":2}}`, '[[1,"__proto__","polluted"],[1,"constructor","prototype","polluted"],[1,"a","__proto__","polluted"]]')],
    ['in a brief file', () => call('/briefs/importFile', JSON.stringify({ markdown: '---\nscope: {__proto__: {polluted: 1}}\n---\n' }))],
    ['in variables', () => call('/projects/setEnvironment', `{${command()},"projectId":"prj_0123456789ab","environment":{"variables":{"__proto__":"x"}}}`)],
  ])('is not reached %s', async (_, message) => {
    await answerTo(message());
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    await stillThere();
  });
});

describe('input of another form', () => {
  test.each([
    ['an id that leads upward', '/runs/get', '{"runId":"../../etc"}', 'runId'],
    ['an id that is an option', '/runs/get', '{"runId":"--help"}', 'runId'],
    ['a folder that leads upward', '/projects/propose', '{"projectId":"prj_0123456789ab","workingDirectory":"../x"}', 'workingDirectory'],
    ['a place before the beginning', '/runs/log', '{"runId":"run_0123456789ab","offset":-1}', 'offset'],
    ['no path', '/projects/inspect', '{"path":""}', 'path'],
  ])('%s: refused as invalid, by name', async (_, path, json, field) => {
    const { p } = JSON.parse(await answerTo(call(path, json))) as { p: { b: { json: { data: { code: string; message: string } } } } };
    expect(p.b.json.data).toMatchObject({ code: 'invalid', message: expect.stringContaining(field) });
  });
});
