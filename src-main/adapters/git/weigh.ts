import type { Weight } from '../../domain/heavy-workspace.ts';
import { files } from './files.ts';
import type { GitPlace } from './git-place.ts';

/** How many files and links a tree has, and their bytes together. */
export async function weigh(place: GitPlace, tree: string): Promise<Weight> {
  const found = (await files(place, tree)).filter(({ mode }) => mode !== '160000');
  return { files: found.length, bytes: found.reduce((sum, { size }) => sum + size, 0) };
}
