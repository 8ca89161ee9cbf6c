import type { Environment } from '../../src-main/contract/project.ts';
import type { SetupTry } from '../../src-main/contract/setup-try.ts';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { sameEnvironment } from '../client/environment-changes.ts';
import type { Shape, Tone } from '../ui/sign.tsx';

export interface TryState {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly word: string;
  /** What it means for the next brief, or what to do. */
  readonly hint: string;
}

const GOING: Readonly<Record<string, string>> = { preparing: 'Preparing', settingUp: 'Setting up', sealing: 'Sealing' };

/** A snapshot of this try's own making can be discarded with it. */
export const hasMade = ({ run }: SetupTry): boolean => {
  const { snapshot } = currentTurn(run);
  return snapshot !== null && !snapshot.reused && snapshot.tree !== null;
};

const sealedHint = (tried: SetupTry, saved: Environment, shown: Environment): string => {
  const environment = tried.run.order.environment;
  const { snapshot } = currentTurn(tried.run);
  if (!sameEnvironment(environment, shown)) return 'The form has been changed since: try it again.';
  if (!sameEnvironment(environment, saved)) return 'Save the environment: briefs then start from this at once.';
  if (snapshot?.tree === null) return 'There is nothing to set up: briefs start from the image as it is.';
  return snapshot?.reused ? 'It had been sealed before, so nothing was run. Briefs start from it at once.' : 'The next brief starts from this at once.';
};

/** A try in a word and a sentence. `saved` is the environment in use, `shown` what the form says. */
export const tryState = (tried: SetupTry, saved: Environment, shown: Environment): TryState => {
  const { state } = tried.run;
  switch (state.name) {
    case 'reviewable':
      return { tone: 'green', shape: 'check', word: 'Sealed', hint: sealedHint(tried, saved, shown) };
    case 'failed':
    case 'lost':
      return { tone: 'red', shape: 'cross', word: 'Failed', hint: 'Nothing was sealed.' };
    case 'cancelling':
      return { tone: 'grey', shape: 'stop', word: 'Stopping…', hint: 'What it made is being removed.' };
    case 'cancelled':
      return { tone: 'grey', shape: 'stop', word: 'Stopped', hint: 'Nothing was sealed, and nothing of it is left.' };
    default:
      return { tone: 'accent', shape: 'play', word: GOING[state.name] ?? 'Waiting', hint: state.name === 'settingUp' ? 'Setup has the internet and its secrets; what comes after has neither.' : '' };
  }
};
