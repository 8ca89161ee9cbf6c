import { useEffect, useState, type ReactElement } from 'react';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { Button } from '../ui/button.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { ProposedParts, type ProposedChange } from './proposed-parts.tsx';

interface Imported {
  readonly environment: Environment;
  readonly reasons: readonly string[];
  readonly notTaken: readonly string[];
}

type Look = { readonly kind: 'none' } | { readonly kind: 'found'; readonly imported: Imported } | { readonly kind: 'failed'; readonly why: string };

const useDevcontainer = (project: Project): Look => {
  const [look, setLook] = useState<Look>({ kind: 'none' });
  useEffect(() => {
    const giveUp = new AbortController();
    api.projects.importDevcontainer({ projectId: project.id }, { signal: giveUp.signal }).then(
      (imported) => setLook({ kind: 'found', imported }),
      (error: unknown) => {
        const { code, message, next } = faultOf(error);
        if (!giveUp.signal.aborted && code !== 'notFound') setLook({ kind: 'failed', why: `${message} ${next}` });
      },
    );
    return () => giveUp.abort();
  }, [project.id]);
  return look;
};

/** As a sentence: with one stop at its end. */
const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const Lines = ({ texts }: { readonly texts: readonly string[] }): ReactElement => (
  <ul className="hint">
    {texts.map((text) => (
      <li key={text}>{visibleText(text)}</li>
    ))}
  </ul>
);

interface DevcontainerProps {
  readonly project: Project;
  readonly environment: Environment;
  readonly onUse: (change: ProposedChange) => void;
}

/** The repository's devcontainer.json, when it has one: what of it can be taken over, and what cannot, line by line. */
export const Devcontainer = ({ project, environment, onUse }: DevcontainerProps): ReactElement | null => {
  const look = useDevcontainer(project);
  const [open, setOpen] = useState(false);
  if (look.kind === 'none') return null;
  // A file that is no JSON is read as nothing at all, and says why.
  const broken = look.kind === 'failed' ? look.why : look.imported.reasons.length === 0 ? ended(look.imported.notTaken.join('; ')) : null;
  if (look.kind === 'failed' || broken !== null) {
    return (
      <div className="notice amber" role="status">
        <WarningIcon />
        <p className="grow">
          <strong>Nothing of devcontainer.json can be taken over.</strong> {visibleText(broken ?? '')} <span className="muted">Correct it in the repository and commit it, or set the environment up here.</span>
        </p>
      </div>
    );
  }
  const { reasons, notTaken } = look.imported;
  if (!open) {
    return (
      <div className="row environment-left">
        <p className="hint grow">This repository has a devcontainer.json.</p>
        <Button look="quiet" onClick={() => setOpen(true)}>
          Take it over…
        </Button>
      </div>
    );
  }
  return (
    <ProposedParts label="devcontainer.json" title="What devcontainer.json describes" now={environment} proposed={{ ...environment, ...pick(look.imported.environment) }} onUse={onUse}>
      <Lines texts={reasons} />
      {notTaken.length > 0 && (
        <>
          <strong>Not taken over</strong>
          <Lines texts={notTaken.map(ended)} />
        </>
      )}
    </ProposedParts>
  );
};

const pick = ({ image, dockerfile, setup, maintenance, variables, secrets }: Environment): ProposedChange => ({ image, dockerfile, setup, maintenance, variables, secrets });
