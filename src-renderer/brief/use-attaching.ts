import { useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { takeFile } from './take-files.ts';

/** Files on their way into a brief: how many, and what was refused. */
export const useAttaching = (projectId: ProjectId, attachments: readonly Attachment[], onChange: (attachments: Attachment[]) => void) => {
  const [busy, setBusy] = useState(0);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  // What a brief has changes while files are on their way.
  const latest = useRef({ attachments, onChange });
  useEffect(() => {
    latest.current = { attachments, onChange };
  });
  const attach = async (files: readonly File[]): Promise<void> => {
    setRefusals([]);
    setBusy(files.length);
    for (const file of files) {
      const { attachments: before } = latest.current;
      const taken = await takeFile(projectId, file, new Set(before.map((each) => each.name)));
      if (typeof taken === 'string') setRefusals((others) => [...others, taken]);
      else {
        const { attachments: now, onChange: change } = latest.current;
        latest.current = { attachments: [...now, taken], onChange: change };
        change([...now, taken]);
      }
      setBusy((left) => left - 1);
    }
  };
  return { attach, busy, refusals };
};
