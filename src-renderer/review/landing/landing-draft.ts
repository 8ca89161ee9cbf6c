import type { RunId } from '../../../src-main/contract/ids.ts';
import type { LandingForm } from './landing-target.ts';

const key = (run: RunId): string => `drydock.landing.${run}`;

/** What was typed for a landing that was not done yet. */
export const keptLanding = (run: RunId): Partial<LandingForm> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(run)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const { branch, onto, message, file } = kept as Record<string, unknown>;
    return { ...(typeof onto === 'string' && { onto }), ...(typeof branch === 'string' && { branch }), ...(typeof message === 'string' && { message }), ...(typeof file === 'string' && { file }) };
  } catch {
    return {};
  }
};

export const keepLanding = (run: RunId, { branch, onto, message, file }: LandingForm): void => {
  try {
    localStorage.setItem(key(run), JSON.stringify({ branch, onto, message, file }));
  } catch {
    // It is there for as long as the dialog is.
  }
};

export const dropLanding = (run: RunId): void => {
  try {
    localStorage.removeItem(key(run));
  } catch {
    // Nothing was kept then.
  }
};
