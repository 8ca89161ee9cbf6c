import type { CollectionPlan, TakenFile } from '../../domain/collection.ts';
import { quotedPath } from '../../domain/collection-path.ts';
import type { TarFile } from './tar-files.ts';

const file = (name: string, lines: readonly string[]): TarFile => ({ name, mode: 0o600, bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')) });

/**
 * The plan as the writing script reads it: lines of ASCII, fields apart by tabs. A link's content is put in as a file of
 * its own below `root`, since hashing the path would follow it.
 */
export const planFiles = (plan: CollectionPlan, root: string): TarFile[] => {
  const targets: TarFile[] = [];
  const taken = ({ path, mode, size, target }: TakenFile): string => {
    const name = quotedPath(path);
    if (target === null) return [mode, size, name, name].join('\t');
    const source = `work/links/${targets.length}`;
    targets.push({ name: source, mode: 0o600, bytes: Buffer.from(target, 'latin1') });
    return [mode, size, `${root}/${source}`, name].join('\t');
  };
  return [
    file('work/compared', plan.compared.map(({ path, was, mode, size, held }) => [held ? 'held' : 'take', was.id, was.mode, mode, size, quotedPath(path)].join('\t'))),
    file('work/certain', plan.links.map(taken)),
    file('work/untracked', plan.untracked.map(taken)),
    file('work/removed', plan.removed.map(quotedPath)),
    file('work/held', []),
    ...targets,
  ];
};
