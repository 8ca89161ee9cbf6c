import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A file as it reads, packed or not; bytes one for one. */
const textOf = async (path: string): Promise<string> => {
  const bytes = await readFile(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
};

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Every file below a folder, as one text. One that the service puts away meanwhile is looked for again under its new name. */
export const everythingBelow = async (folder: string): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const texts = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => textOf(join(entry.parentPath, entry.name))));
      return texts.join('\n');
    } catch (error) {
      if (!isGone(error) || attempt === 10) throw error;
    }
  }
};
