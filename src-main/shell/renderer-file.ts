import { join, sep } from 'node:path';
import { isAppUrl } from './app-url.ts';

/**
 * The file of the interface that an address names, or null where it names none. Each segment is decoded once and must be a
 * plain file name: no `..`, no separator smuggled in as %2f or %5c, no NUL, no drive or stream (`:`), nothing hidden.
 * @param root absolute folder of the built interface
 */
export function rendererFile(root: string, url: string): string | null {
  if (!isAppUrl(url)) return null;
  const segments: string[] = [];
  for (const raw of new URL(url).pathname.slice(1).split('/')) {
    const segment = decoded(raw);
    if (segment === null || segment.startsWith('.') || /[\\/:\0]/.test(segment)) return null;
    segments.push(segment);
  }
  if (segments.at(-1) === '') segments[segments.length - 1] = 'index.html';
  const file = join(root, ...segments);
  return file.startsWith(root + sep) ? file : null;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
