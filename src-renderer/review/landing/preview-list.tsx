import type { ReactElement } from 'react';
import type { BaseChoice } from '../../../src-main/contract/brief.ts';
import type { Overlap } from '../../../src-main/contract/fleet.ts';
import type { LandingPreview, LandingTarget } from '../../../src-main/contract/landing.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { CodedText } from '../../ui/coded-text.tsx';
import { count } from '../../ui/format.ts';
import { BranchIcon } from '../../ui/icons.tsx';
import { Sign } from '../../ui/sign.tsx';
import { Conflicts } from './conflicts.tsx';

const CHANGE = { add: 'add', modify: 'change', delete: 'delete', mode: 'mode' } as const;

/** More paths than anybody reads in a dialog; the count says how many there are. */
const LISTED = 500;

interface PreviewListProps {
  readonly preview: LandingPreview;
  readonly target: LandingTarget;
  /** Results that changed the same files and are landed on branches that this is not landed onto. */
  readonly elsewhere: readonly Overlap[];
  readonly onRunAgain: ((base: BaseChoice) => void) | null;
}

/** That it merges. With others landed elsewhere that is true of the one branch, and they are still to be met. */
const Merges = ({ onto, elsewhere }: { readonly onto: string; readonly elsewhere: readonly Overlap[] }): ReactElement => {
  if (elsewhere.length === 0) return <Sign tone="green" shape="check">Merges cleanly with {visibleText(onto)}</Sign>;
  return <Sign tone="amber" shape="check">Merges cleanly with {visibleText(onto)} only: not tried with {elsewhere.map(({ number }) => `#${number}`).join(', ')}, landed elsewhere</Sign>;
};

/** Exactly which refs and paths a landing will change; or, where it cannot be done, only that and why. */
export const PreviewList = ({ preview, target, elsewhere, onRunAgain }: PreviewListProps): ReactElement => {
  const dirty = preview.paths.filter((path) => path.dirty).length;
  if (preview.conflicts.length > 0) {
    return (
      <div className="preview" data-testid="preview">
        <Conflicts preview={preview} target={target} onRunAgain={onRunAgain} />
      </div>
    );
  }
  return (
    <div className="preview" data-testid="preview">
      {target.kind === 'branch' && target.onto !== null && <Merges onto={target.onto} elsewhere={elsewhere} />}
      {preview.refs.map((ref) => (
        <p key={ref.name} className="row preview-ref">
          <BranchIcon />
          <code className="literal">{visibleText(ref.name)}</code>
          <span className="muted mono">
            {ref.from ? ref.from.slice(0, 8) : 'new'} → {ref.to ? ref.to.slice(0, 8) : 'a new commit'}
          </span>
        </p>
      ))}
      <p className="muted">
        {preview.paths.length === 0 ? 'No path would change.' : `${count(preview.paths.length, 'path')} ${target.kind === 'workingTree' ? 'in your working tree' : target.kind === 'branch' ? 'in one commit' : 'in the patch'}`}
        {dirty > 0 && <span className="tone-amber"> · {count(dirty, 'path')} with changes of yours</span>}
      </p>
      <ul className="mono preview-paths" aria-label="Paths that change" tabIndex={0}>
        {preview.paths.slice(0, LISTED).map((path) => (
          <li key={path.path}>
            <span className="muted preview-change">{CHANGE[path.change]}</span>
            <span className="literal">{visibleText(path.path)}</span>
            {path.dirty && <span className="tone-amber"> your copy has changes</span>}
          </li>
        ))}
        {preview.paths.length > LISTED && <li className="muted">and {(preview.paths.length - LISTED).toLocaleString('en')} more</li>}
      </ul>
      {preview.notes.map((note) => (
        <p key={note} className="hint">
          <CodedText text={visibleText(note)} />
        </p>
      ))}
    </div>
  );
};
