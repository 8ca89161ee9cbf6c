import type { LayerFacts } from '../../ports/container-engine.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { isOfKind } from './engine-fault.ts';
import { requireImageReference } from './engine-names.ts';

/** One step of what made an image. */
interface Line {
  readonly Id: string;
  readonly Size?: number;
  readonly Tags?: readonly string[] | null;
}

/** Of a step that was carried out elsewhere. */
const ELSEWHERE = '<missing>';

/** The layer on top first. null: no such image. */
const historyOf = async (context: EngineContext, reference: string): Promise<readonly Line[] | null> => {
  try {
    return await withTimeout('image', context.timeouts.callMs, { image: reference }, (abortSignal) =>
      context.link.get<readonly Line[]>(`/images/${requireImageReference(reference)}/history`, abortSignal),
    );
  } catch (error) {
    if (isOfKind(error, 'noSuchImage')) return null;
    throw error;
  }
};

export const lastLayerBytes = async (context: EngineContext, reference: string): Promise<number | null> => {
  const history = await historyOf(context, reference);
  return history === null ? null : (history[0]?.Size ?? 0);
};

/** What it was made from is the next below that has a name, or else, as one that is known by its digest, the lowest that this engine has. */
export const ownLayers = async (context: EngineContext, reference: string): Promise<readonly LayerFacts[] | null> => {
  const history = (await historyOf(context, reference)) ?? [];
  const elsewhere = history.findIndex(({ Id }) => Id === ELSEWHERE);
  const here = elsewhere === -1 ? history : history.slice(0, elsewhere);
  const named = here.findIndex(({ Tags }, at) => at > 0 && (Tags?.length ?? 0) > 0);
  const own = here.slice(0, named === -1 ? -1 : named);
  return own.length === 0 ? null : own.map(({ Id, Size }) => ({ id: Id, bytes: Size ?? 0 }));
};
