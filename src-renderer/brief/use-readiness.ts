import { useEffect, useState } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { Readiness } from '../../src-main/contract/endpoints.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { readinessOf } from '../../src-main/domain/readiness.ts';
import { api } from '../client/api.ts';
import { useFleet } from '../client/fleet-store.ts';

/** Quiet time after which the service is asked, in milliseconds. */
const ASK_AFTER_MS = 250;

/** What the brief still lacks: as the service sees it, and until it has said so, or when the text is not one that it takes, by the same rule here. */
export const useReadiness = (projectId: ProjectId, text: BriefText): Readiness => {
  const usual = useFleet((fleet) => fleet.settings.timeBudgetMinutes);
  const [answer, setAnswer] = useState<{ readonly text: BriefText; readonly readiness: Readiness } | null>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      api.briefs.readiness({ projectId, text }, { signal: giveUp.signal }).then((readiness) => setAnswer({ text, readiness }), () => undefined);
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [projectId, text]);
  return answer?.text === text ? answer.readiness : readinessOf(text, usual);
};
