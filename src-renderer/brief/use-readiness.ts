import { useEffect, useState } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { Readiness } from '../../src-main/contract/endpoints.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';

/** Quiet time after which the service is asked, in milliseconds. */
const ASK_AFTER_MS = 250;

/** What the brief still lacks, as the service sees it; the last answer stays while the next one is under way. */
export const useReadiness = (projectId: ProjectId, text: BriefText): Readiness | null => {
  const [readiness, setReadiness] = useState<Readiness | null>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      api.briefs.readiness({ projectId, text }, { signal: giveUp.signal }).then(setReadiness, () => undefined);
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [projectId, text]);
  return readiness;
};
