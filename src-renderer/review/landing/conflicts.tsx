import type { ReactElement } from 'react';
import type { BaseChoice } from '../../../src-main/contract/brief.ts';
import type { LandingPreview, LandingTarget } from '../../../src-main/contract/landing.ts';
import { visibleLines, visibleText } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { RetryIcon, WarningIcon } from '../../ui/icons.tsx';

type Clash = NonNullable<LandingPreview['clashes']>[number];

const DONE = { add: 'added', modify: 'changed', delete: 'deleted', mode: 'given another mode' } as const;

const sidesInWords = ({ there, here }: Clash, onto: string): string => {
  const [theirs, ours] = [there, here].map((change) => (change === null ? 'as it was' : DONE[change]));
  return theirs === ours ? `${theirs} on both sides` : `${theirs} on ${onto}, ${ours} here`;
};

const Side = ({ title, text }: { readonly title: string; readonly text: string }): ReactElement => (
  <figure className="clash-side">
    <figcaption className="muted">{title}</figcaption>
    {text === '' ? (
      <p className="muted clash-lines">nothing</p>
    ) : (
      <pre className="mono literal clash-lines" tabIndex={0} aria-label={title}>
        {visibleLines(text)}
      </pre>
    )}
  </figure>
);

/** A path that does not fit: what each side did to it, and their lines beside each other. */
const ClashItem = ({ clash, onto, open }: { readonly clash: Clash; readonly onto: string; readonly open: boolean }): ReactElement => (
  <li>
    <span className="mono literal">{visibleText(clash.path)}</span> <span className="muted">{sidesInWords(clash, onto)}</span>
    {clash.parts.length > 0 && (
      <details open={open}>
        <summary>{count(clash.parts.length, 'place')}</summary>
        {clash.parts.map(({ there, here }, at) => (
          <div key={at} className="clash">
            <Side title={`On ${onto}`} text={there} />
            <Side title="In this result" text={here} />
          </div>
        ))}
      </details>
    )}
  </li>
);

/** More paths than anybody reads in a dialog; the count says how many there are. */
const LISTED = 500;

interface ConflictsProps {
  readonly preview: Pick<LandingPreview, 'conflicts' | 'clashes'>;
  readonly target: LandingTarget;
  readonly onRunAgain: ((base: BaseChoice) => void) | null;
}

/** Why it cannot be landed so: the paths that do not fit, what both sides have there, and what can be done. */
export const Conflicts = ({ preview: { conflicts, clashes = [] }, target, onRunAgain }: ConflictsProps): ReactElement => {
  const onto = target.kind === 'branch' ? target.onto : null;
  const known = new Map(clashes.map((clash) => [clash.path, clash]));
  return (
    <div className="preview-conflict">
      <p className="row tone-red" role="alert">
        <WarningIcon /> {count(conflicts.length, 'path')} cannot be merged{onto === null ? '' : ` with ${visibleText(onto)}`}:
      </p>
      <ul>
        {conflicts.slice(0, LISTED).map((path) => {
          const clash = known.get(path);
          if (clash) return <ClashItem key={path} clash={clash} onto={onto === null ? 'the base' : visibleText(onto)} open={path === conflicts[0]} />;
          return (
            <li key={path} className="mono literal">
              {visibleText(path)}
            </li>
          );
        })}
      </ul>
      <p className="muted">
        {onto === null
          ? 'Land it as a branch and merge by hand, or exclude these files.'
          : 'Let the branch start from the commit that the run started from and merge by hand, exclude these files, or run the brief again from where that branch is now.'}
      </p>
      {onto !== null && onRunAgain && (
        <div>
          <Button onClick={() => onRunAgain({ kind: 'branch', name: onto })}>
            <RetryIcon /> Run again from {visibleText(onto)}
          </Button>
        </div>
      )}
    </div>
  );
};
