import type { Environment } from '../../src-main/contract/project.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What saving means for the next run, in words; null when nothing is changed. A snapshot is found by image, setup, variables and lock files. */
export const whatChanges = (before: Environment, after: Environment): string | null => {
  if (same(before, after)) return null;
  const remakes = (['image', 'setup', 'variables', 'lockFiles'] as const).some((field) => !same(before[field], after[field]));
  if (!remakes) return 'The next run has these limits. Its snapshot stays as it is.';
  return after.setup.trim() === '' ? 'The next run starts from the image as it is, without setup.' : 'The next run sets the environment up again; runs after it use that snapshot.';
};
