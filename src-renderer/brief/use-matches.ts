import { useEffect, useState } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { folderOf } from './draft-text.ts';

/** Quiet time after which the service is asked, in milliseconds. */
const ASK_AFTER_MS = 300;

export interface Matches {
  readonly count: number;
  readonly total: number;
  readonly paths: readonly string[];
}

/** Which files of the base some globs match; the last answer stays while the next one is under way. */
export const useMatches = (projectId: ProjectId, text: BriefText, globs: readonly string[]): { readonly matches: Matches | null; readonly fault: Fault | null } => {
  const [answer, setAnswer] = useState<{ matches: Matches | null; fault: Fault | null }>({ matches: null, fault: null });
  const { base } = text.runsWith;
  const workingDirectory = folderOf(text);
  const question = JSON.stringify({ projectId, base, workingDirectory, globs });
  useEffect(() => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      const asked = JSON.parse(question) as Parameters<typeof api.bases.matches>[0];
      api.bases.matches(asked, { signal: giveUp.signal }).then(
        (matches) => setAnswer({ matches, fault: null }),
        (error: unknown) => {
          if (!giveUp.signal.aborted) setAnswer({ matches: null, fault: faultOf(error) });
        },
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [question]);
  return answer;
};
