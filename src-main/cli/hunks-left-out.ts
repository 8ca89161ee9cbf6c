import type { Hunk } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';
import type { DrydockClient } from '../wire/client/connection.ts';

/** A hunk that was taken out of a file that stays in. Without a place: the texts that it is of are gone. */
export interface HunkLeftOut extends Partial<Hunk> {
  readonly path: string;
  readonly id: string;
}

/** The hunks of a run's result that are left out, with their places, by file. */
export async function hunksLeftOut(client: DrydockClient, run: Run): Promise<HunkLeftOut[]> {
  const left: HunkLeftOut[] = [];
  for (const [path, ids] of Object.entries(run.excludedHunks)) {
    if (ids.length === 0 || run.excluded.includes(path)) continue;
    const known = await client.runs.hunks({ runId: run.id, path }).then(({ hunks }) => hunks, () => []);
    const out = ids.map((id) => ({ path, ...known.find((hunk) => hunk.id === id), id }));
    left.push(...out.sort((a, b) => (a.newStart ?? 0) - (b.newStart ?? 0)));
  }
  return left;
}

/** A hunk as patches name it: `@@ -12,3 +12,4 @@`. */
export function hunkInWords({ id, oldStart, oldLines, newStart, newLines }: HunkLeftOut): string {
  return oldStart === undefined ? `hunk ${id}` : `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
}
