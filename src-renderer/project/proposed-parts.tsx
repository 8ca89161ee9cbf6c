import { useState, type ReactElement, type ReactNode } from 'react';
import type { Environment } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { InfoIcon } from '../ui/icons.tsx';

/** The parts of an environment that files can suggest, as the screen names them. */
const PARTS = { image: 'Image', dockerfile: 'Dockerfile', setup: 'Setup script', maintenance: 'Maintenance script', lockFiles: 'Lock files', variables: 'Variables', secrets: 'Secrets' } as const satisfies Partial<Record<keyof Environment, string>>;
type Part = keyof typeof PARTS;
export type ProposedChange = Partial<Pick<Environment, Part>>;

const textOf = (environment: Environment, part: Part): string => {
  switch (part) {
    case 'image':
      return environment.image ?? '';
    case 'dockerfile':
      return environment.dockerfile ?? '';
    case 'lockFiles':
      return environment.lockFiles.join('\n');
    case 'variables':
      return Object.entries(environment.variables).toSorted(([a], [b]) => a.localeCompare(b)).map(([name, value]) => `${name}=${value}`).join('\n');
    case 'secrets':
      return environment.secrets.map(({ name, file }) => (file === null ? name : `${name} as ${file}`)).join('\n');
    default:
      return environment[part];
  }
};

/** The parts in which a proposal says something else than the environment. */
export const proposedParts = (now: Environment, proposed: Environment): Part[] => (Object.keys(PARTS) as Part[]).filter((part) => textOf(now, part) !== textOf(proposed, part));

interface ProposedPartsProps {
  readonly label: string;
  readonly title: string;
  readonly now: Environment;
  readonly proposed: Environment;
  /** Why, and what is left aside. */
  readonly children: ReactNode;
  readonly onUse: (change: ProposedChange) => void;
}

/** What is proposed, part by part: each is taken or not. It fills the form and saves nothing. */
export const ProposedParts = ({ label, title, now, proposed, children, onUse }: ProposedPartsProps): ReactElement => {
  const [left, setLeft] = useState<readonly Part[]>([]);
  const parts = proposedParts(now, proposed);
  const taken = parts.filter((part) => !left.includes(part));
  const use = (): void => onUse(Object.fromEntries(taken.map((part) => [part, proposed[part]])));
  return (
    <section className="proposal" aria-label={label}>
      <InfoIcon />
      <div className="grow stack">
        <strong>{title}</strong>
        {children}
        {parts.map((part) => {
          const text = textOf(proposed, part);
          return (
            <div key={part} className="proposal-part">
              <Checkbox checked={!left.includes(part)} onChange={(checked) => setLeft(checked ? left.filter((each) => each !== part) : [...left, part])}>
                {PARTS[part]}
              </Checkbox>
              {text === '' ? <p className="hint">none</p> : <pre className="mono proposal-setup" tabIndex={0} aria-label={`Proposed ${PARTS[part].toLowerCase()}`}>{text.split('\n').map(visibleText).join('\n')}</pre>}
            </div>
          );
        })}
        {parts.length === 0 && <p className="hint">All of it is in the form already.</p>}
      </div>
      {parts.length > 0 && (
        <Button disabled={taken.length === 0} onClick={use}>
          {taken.length === parts.length ? 'Use this' : 'Use what is ticked'}
        </Button>
      )}
    </section>
  );
};
