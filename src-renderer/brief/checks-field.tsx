import { useEffect, useState, type ReactElement } from 'react';
import type { BriefText, Check } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { CheckRow } from './check-row.tsx';

/** Checks that the repository's own files suggest. */
const useSuggested = (projectId: ProjectId): readonly string[] => {
  const [checks, setChecks] = useState<readonly string[]>([]);
  useEffect(() => {
    const giveUp = new AbortController();
    api.projects.propose({ projectId }, { signal: giveUp.signal }).then((proposal) => setChecks(proposal.checks), () => undefined);
    return () => giveUp.abort();
  }, [projectId]);
  return checks;
};

interface ChecksFieldProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly onChange: (checks: Check[]) => void;
}

const newCheck = (command: string): Check => ({ command, timeoutSeconds: 600, expect: 'passes', keep: [] });

/** The exact commands that show whether the result is right. */
export const ChecksField = ({ projectId, text, onChange }: ChecksFieldProps): ReactElement => {
  const { checks } = text;
  // What a row holds beside its check (what was tried, what is half typed) goes with it when one above is removed.
  const [names, setNames] = useState<readonly number[]>([]);
  const nameOf = (index: number): number => names[index] ?? Math.max(-1, ...names) + 1 + index - names.length;
  const remove = (index: number): void => {
    setNames(checks.map((_, at) => nameOf(at)).toSpliced(index, 1));
    onChange(checks.toSpliced(index, 1));
  };
  const offered = useSuggested(projectId).filter((command) => checks.every((check) => check.command !== command));
  return (
    <section className="stack" aria-label="Checks">
      <h3>Checks</h3>
      <p className="hint">Commands that show whether the result is right. They run in a clean container, on the base and on the result.</p>
      {checks.map((check, index) => (
        <CheckRow
          key={nameOf(index)}
          projectId={projectId}
          text={text}
          check={check}
          number={index + 1}
          onChange={(changed) => onChange(checks.with(index, changed))}
          onRemove={() => remove(index)}
        />
      ))}
      <div className="row wrap">
        <Button onClick={() => onChange([...checks, newCheck('')])}>
          <PlusIcon /> Check
        </Button>
        {offered.map((command) => (
          <Button key={command} look="quiet" onClick={() => onChange([...checks, newCheck(command)])}>
            <PlusIcon size={12} /> <code>{visibleText(command)}</code>
          </Button>
        ))}
      </div>
    </section>
  );
};
