import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../wire/content-security-policy.ts';
import { mediaType } from '../wire/media-type.ts';
import { APP_SCHEME } from './app-url.ts';
import { rendererFile } from './renderer-file.ts';

const HEADERS = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const;

/** Must run before the app is ready: Electron fixes the privileges of schemes then. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built interface under app://drydock/, read-only, and nothing else of the disk. */
export function serveRenderer(root: string): void {
  protocol.handle(APP_SCHEME, (request) => answer(root, request));
}

async function answer(root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const file = rendererFile(root, request.url);
  if (file === null) return refusal(404);
  try {
    const bytes = new Uint8Array(await readFile(file));
    const body = request.method === 'HEAD' ? null : bytes;
    return new Response(body, { headers: { ...HEADERS, 'content-type': mediaType(file) } });
  } catch {
    // Missing, a folder, unreadable: to the page they are all the same.
    return refusal(404);
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
