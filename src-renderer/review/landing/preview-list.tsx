import type { ReactElement } from 'react';
import type { LandingPreview, LandingTarget } from '../../../src-main/contract/landing.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { count } from '../../ui/format.ts';
import { BranchIcon, WarningIcon } from '../../ui/icons.tsx';
import { Sign } from '../../ui/sign.tsx';

const CHANGE = { add: 'add', modify: 'change', delete: 'delete', mode: 'mode' } as const;

/** More paths than anybody reads in a dialog; the count says how many there are. */
const LISTED = 500;

const Conflicts = ({ paths, target }: { readonly paths: readonly string[]; readonly target: LandingTarget }): ReactElement => (
  <div className="preview-conflict" role="alert">
    <p className="row tone-red">
      <WarningIcon /> {count(paths.length, 'path')} cannot be merged{target.kind === 'branch' && target.onto !== null ? ` onto ${visibleText(target.onto)}` : ''}:
    </p>
    <ul className="mono">
      {paths.slice(0, LISTED).map((path) => (
        <li key={path} className="literal">
          {visibleText(path)}
        </li>
      ))}
    </ul>
    <p className="muted">
      {target.kind === 'branch' && target.onto !== null
        ? 'Land it on the commit that the run started from and merge by hand, exclude these files, or run the brief again on the new base.'
        : 'Land it as a branch and merge by hand, or exclude these files.'}
    </p>
  </div>
);

/** Exactly which refs and paths a landing will change. */
export const PreviewList = ({ preview, target }: { readonly preview: LandingPreview; readonly target: LandingTarget }): ReactElement => {
  const dirty = preview.paths.filter((path) => path.dirty).length;
  return (
    <div className="preview" data-testid="preview">
      {preview.conflicts.length > 0 && <Conflicts paths={preview.conflicts} target={target} />}
      {preview.conflicts.length === 0 && target.kind === 'branch' && target.onto !== null && (
        <Sign tone="green" shape="check">
          Merges cleanly onto {visibleText(target.onto)}
        </Sign>
      )}
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
          {visibleText(note)}
        </p>
      ))}
    </div>
  );
};
