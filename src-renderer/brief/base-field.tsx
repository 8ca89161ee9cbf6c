import { useEffect, useState, type ReactElement } from 'react';
import type { BaseChoice } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { RepositoryFacts } from '../../src-main/contract/project.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { count } from '../ui/format.ts';
import { Field, TextField } from '../ui/field.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const RESOLVE_AFTER_MS = 250;

/** What the chosen base stands for right now, in words; why not, when it stands for nothing. */
const useResolved = (projectId: ProjectId, base: BaseChoice): { readonly words: string; readonly wrong: boolean } => {
  const [resolved, setResolved] = useState({ words: '', wrong: false });
  useEffect(() => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      if (base.kind === 'commit' && base.commit === '') return setResolved({ words: 'Type a commit id.', wrong: false });
      api.bases.resolve({ projectId, base }, { signal: giveUp.signal }).then(
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
  }, [projectId, base]);
  return resolved;
};

const valueOf = (base: BaseChoice): string => (base.kind === 'branch' ? `branch:${base.name}` : base.kind);

const choiceOf = (value: string): BaseChoice => {
  if (value.startsWith('branch:')) return { kind: 'branch', name: value.slice('branch:'.length) };
  if (value === 'commit') return { kind: 'commit', commit: '' };
  return { kind: value === 'workingTree' ? 'workingTree' : 'head' };
};

interface BaseFieldProps {
  readonly projectId: ProjectId;
  readonly base: BaseChoice;
  readonly onChange: (base: BaseChoice) => void;
}

/** Where the run starts from: HEAD, the working tree as it is, a branch or a commit. */
export const BaseField = ({ projectId, base, onChange }: BaseFieldProps): ReactElement => {
  const [facts, setFacts] = useState<RepositoryFacts | null>(null);
  const resolved = useResolved(projectId, base);
  useEffect(() => {
    api.projects.facts({ projectId }).then(setFacts, () => setFacts(null));
  }, [projectId]);
  const branches = facts?.branches.map((branch) => branch.name) ?? [];
  if (base.kind === 'branch' && !branches.includes(base.name)) branches.unshift(base.name);
  return (
    <>
      <Field label="Base" hint={<span className={resolved.wrong ? 'error' : ''}>{visibleText(resolved.words)}</span>}>
        {(id, describedBy) => (
          <select id={id} aria-describedby={describedBy} className="input" value={valueOf(base)} onChange={(event) => onChange(choiceOf(event.target.value))}>
            <option value="head">HEAD{facts?.branch ? ` (${facts.branch})` : ''}</option>
            <option value="workingTree">Working tree{facts ? ` (${count(facts.changedFiles, 'file')} changed)` : ''}</option>
            {branches.length > 0 && (
              <optgroup label="Branches">
                {branches.map((name) => (
                  <option key={name} value={`branch:${name}`}>
                    {visibleText(name)}
                  </option>
                ))}
              </optgroup>
            )}
            <option value="commit">Commit…</option>
          </select>
        )}
      </Field>
      {base.kind === 'commit' && (
        <TextField label="Commit id" mono value={base.commit} placeholder="1a2b3c4" onChange={(commit) => onChange({ kind: 'commit', commit: commit.trim() })} />
      )}
    </>
  );
};
