import type { BaseChoice } from '../../contract/brief.ts';
import type { Depot, DepotProject } from '../../ports/depot.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { InPlay } from './in-play.ts';

/** Milliseconds for which an answer is believed: it costs a few processes of git. */
const LOOK_MS = 5_000;
/** Landings that one base is asked about: the newest. */
const ASKED = 50;
/** Answers kept. */
const KEPT = 2_000;

type Landed = InPlay & { readonly work: Extract<InPlay['work'], { kind: 'landed' }> };
const isLanded = (brief: InPlay): brief is Landed => brief.work.kind === 'landed';

/** Whether the base of `brief` lacks what `other` has landed. */
export type IsMissing = (brief: InPlay, other: InPlay) => boolean;

const keyOf = (project: DepotProject, base: BaseChoice, { work }: Landed): string => JSON.stringify([project.id, base, work.landing]);

/** Results that were landed on branches which the bases of others lack, by asking git. */
export const createLandedElsewhere = (depot: Pick<Depot, 'missingFrom'>, clock: Pick<Clock, 'monotonic'>) => {
  const known = new Map<string, { readonly at: number; readonly isMissing: boolean }>();

  const ask = async (project: DepotProject, base: BaseChoice, landed: readonly Landed[]): Promise<void> => {
    const at = clock.monotonic();
    const open = landed.filter((each) => at - (known.get(keyOf(project, base, each))?.at ?? -Infinity) >= LOOK_MS);
    if (open.length === 0) return;
    // A base that cannot be read lacks nothing that could be told of it.
    const answers = await depot.missingFrom(project, base, open.map(({ work }) => work)).catch(() => []);
    for (const [place, each] of open.entries()) {
      const key = keyOf(project, base, each);
      known.delete(key);
      known.set(key, { at, isMissing: answers[place] ?? false });
    }
    for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  };

  return {
    /** Asks about those that have changed a file which another, undecided brief of the project has changed too. */
    among: async (project: DepotProject, briefs: readonly InPlay[], changedBy: (brief: InPlay) => readonly string[]): Promise<IsMissing> => {
      const landed = briefs.filter(isLanded).toSorted((a, b) => b.changedAt - a.changedAt);
      const byBase = new Map<string, { base: BaseChoice; met: Set<Landed> }>();
      for (const brief of landed.length === 0 ? [] : briefs) {
        if (isLanded(brief)) continue;
        const changed = new Set(changedBy(brief));
        const met = changed.size === 0 ? [] : landed.filter(({ work }) => work.paths.some((path) => changed.has(path)));
        if (met.length === 0) continue;
        const key = JSON.stringify(brief.base);
        const at = byBase.get(key) ?? { base: brief.base, met: new Set() };
        byBase.set(key, at);
        for (const each of met) if (at.met.size < ASKED) at.met.add(each);
      }
      for (const { base, met } of byBase.values()) await ask(project, base, [...met]);
      return (brief, other) => isLanded(other) && known.get(keyOf(project, brief.base, other))?.isMissing === true;
    },
  };
};
