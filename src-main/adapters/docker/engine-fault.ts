import { EngineFailure, type EngineFault } from '../../ports/container-engine.ts';

/** What a call was about: decides what "not found" means. */
export interface CallSubject {
  readonly container?: string;
  readonly image?: string;
}

interface EngineAnswer {
  readonly status: number;
  readonly message: string;
}

/** The engine's refusal inside an error of the client library, or null when the engine did not answer at all. */
export const answerIn = (error: unknown): EngineAnswer | null => {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return null;
  const json: unknown = 'json' in error ? error.json : null;
  const said = typeof json === 'object' && json !== null && 'message' in json ? json.message : null;
  // Of a streamed answer the library keeps the engine's words only at the end of its own.
  const message = typeof said === 'string' ? said : error.message.replace(/^\(HTTP code \d+\) .*? - /, '').trim();
  return { status: error.statusCode, message };
};

const faultOf = (answer: EngineAnswer, subject: CallSubject): EngineFault => {
  const { status, message } = answer;
  if (/no space left on device|disk quota exceeded/i.test(message)) return { kind: 'diskFull', message };
  if (/already in use by|name .* is already in use/i.test(message) && subject.container !== undefined) {
    return { kind: 'nameTaken', name: subject.container };
  }
  // What an engine says, with status 500, of an image that somebody else is removing at this moment.
  if (/unrecognized image ID/i.test(message) && subject.image !== undefined) return { kind: 'noSuchImage', reference: subject.image };
  if (status === 404) {
    const aboutImage = subject.container === undefined || /no such image|image not known/i.test(message);
    if (aboutImage && subject.image !== undefined) return { kind: 'noSuchImage', reference: subject.image };
    if (subject.container !== undefined) return { kind: 'noSuchContainer', name: subject.container };
  }
  return { kind: 'refused', message };
};

/** The one failure for whatever a call to the engine threw. What never was an answer is `unavailable`. */
export const failureFrom = (error: unknown, subject: CallSubject): EngineFailure => {
  if (error instanceof EngineFailure) return error;
  const answer = answerIn(error);
  if (answer !== null) return new EngineFailure(faultOf(answer, subject), { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new EngineFailure({ kind: 'unavailable', message: `the container engine cannot be reached: ${message}` }, { cause: error });
};

/** True for the failure kinds that say nothing about what exists. */
export const isOfKind = (error: unknown, kind: EngineFault['kind']): boolean =>
  error instanceof EngineFailure && error.fault.kind === kind;
