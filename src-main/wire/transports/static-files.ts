import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaType } from '../media-type.ts';

interface Found {
  readonly path: string;
  readonly size: number;
}

/**
 * Answers with a file of the built interface. A path without an extension is a place inside the application and
 * gets its index.html; any other unknown path is 404. Folders are never listed, links out of the folder never followed.
 */
export async function sendStaticFile(root: string, pathname: string, response: ServerResponse, withBody: boolean): Promise<void> {
  const found = await findFile(root, pathname);
  if (found === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  response.writeHead(200, {
    'content-type': mediaType(found.path),
    'content-length': found.size,
    // The build puts a hash of the content into the names under assets/.
    'cache-control': pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (!withBody) response.end();
  // A browser that goes away in the middle is no error of ours.
  else await pipeline(createReadStream(found.path), response).catch(() => response.destroy());
}

async function findFile(root: string, pathname: string): Promise<Found | null> {
  const parts = segmentsOf(pathname);
  if (parts === null) return null;
  const direct = await regularFile(root, parts);
  if (direct !== null) return direct;
  return extname(pathname) === '' ? regularFile(root, ['index.html']) : null;
}

/** The path's segments; null when one of them could lead anywhere else than down into a visible file. */
function segmentsOf(pathname: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const parts = decoded.split('/').filter((part) => part !== '');
  return parts.some((part) => part.startsWith('.') || /[\0\\:]/.test(part)) ? null : parts;
}

async function regularFile(root: string, parts: string[]): Promise<Found | null> {
  try {
    const [folder, path] = await Promise.all([realpath(root), realpath(join(root, ...parts))]);
    const facts = await stat(path);
    return facts.isFile() && path.startsWith(folder + sep) ? { path, size: facts.size } : null;
  } catch {
    return null;
  }
}
