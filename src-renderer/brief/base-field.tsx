import { useEffect, useState, type ReactElement } from 'react';
import type { BaseChoice } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { Pick } from '../ui/pick.tsx';
import { baseOfId, idOfBase, useBaseChoices } from './use-base-choices.ts';

const RESOLVE_AFTER_MS = 250;

/** What the chosen base stands for right now, in words; why not, when it stands for nothing. */
const useResolved = (projectId: ProjectId, base: BaseChoice): { readonly words: string; readonly wrong: boolean } => {
  const [resolved, setResolved] = useState({ words: '', wrong: false });
  const id = idOfBase(base);
  useEffect(() => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      api.bases.resolve({ projectId, base: baseOfId(id) }, { signal: giveUp.signal }).then(
        (answer) => setResolved({ words: [answer.description, ...answer.notes].join(' · '), wrong: false }),
        (error: unknown) => {
          if (!giveUp.signal.aborted) setResolved({ words: `${faultOf(error).message} ${faultOf(error).next}`, wrong: true });
        },
      );
    }, RESOLVE_AFTER_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [projectId, id]);
  return resolved;
};

const nameOf = (base: BaseChoice): string => {
  switch (base.kind) {
    case 'head':
      return 'HEAD';
    case 'workingTree':
      return 'Working tree';
    case 'branch':
      return visibleText(base.name);
    case 'commit':
      return `Commit ${base.commit.slice(0, 12)}`;
  }
};

interface BaseFieldProps {
  readonly projectId: ProjectId;
  readonly base: BaseChoice;
  readonly onChange: (base: BaseChoice) => void;
}

/** Where the run starts from: HEAD, the working tree as it is, a branch or a commit. */
export const BaseField = ({ projectId, base, onChange }: BaseFieldProps): ReactElement => {
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const resolved = useResolved(projectId, base);
  const sections = useBaseChoices(projectId, typed, opened);
  return (
    <div className="field">
      <span className="label" aria-hidden="true">
        Base
      </span>
      <Pick
        label="Base"
        button={nameOf(base)}
        placeholder="Branch, commit, author or id"
        sections={sections}
        picked={idOfBase(base)}
        empty="Nothing is called that."
        onType={setTyped}
        onOpen={() => setOpened(true)}
        onPick={(id) => onChange(baseOfId(id))}
      />
      <span className={resolved.wrong ? 'error' : 'hint'} role={resolved.wrong ? 'alert' : undefined}>
        {visibleText(resolved.words)}
      </span>
    </div>
  );
};
