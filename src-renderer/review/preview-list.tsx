import type { ReactElement } from 'react';
import type { LandingPreview } from '../../src-main/contract/landing.ts';
import { count } from '../ui/format.ts';
import { BranchIcon, WarningIcon } from '../ui/icons.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const CHANGE = { add: 'add', modify: 'change', delete: 'delete', mode: 'mode' } as const;

/** Exactly which refs and paths a landing will change. */
export const PreviewList = ({ preview }: { readonly preview: LandingPreview }): ReactElement => (
  <div className="preview" data-testid="preview">
    {preview.conflicts.length > 0 && (
      <div className="preview-warning tone-red" role="alert">
        <WarningIcon /> {count(preview.conflicts.length, 'path')} cannot be merged: {preview.conflicts.map(visibleText).join(', ')}
      </div>
    )}
    {preview.refs.map((ref) => (
      <p key={ref.name} className="row">
        <BranchIcon />
        <code className="literal">{visibleText(ref.name)}</code>
        <span className="muted mono">
          {ref.from ? ref.from.slice(0, 8) : 'new'} → {ref.to ? ref.to.slice(0, 8) : 'a new commit'}
        </span>
      </p>
    ))}
    {preview.paths.length === 0 && <p className="muted">No path would change.</p>}
    <ul className="mono" aria-label="Paths that change">
      {preview.paths.map((path) => (
        <li key={path.path}>
          <span className="muted preview-change">{CHANGE[path.change]}</span>
          <span className="literal">{visibleText(path.path)}</span>
          {path.dirty && <span className="tone-amber"> your copy has changes</span>}
        </li>
      ))}
    </ul>
    {preview.notes.map((note) => (
      <p key={note} className="hint">
        {visibleText(note)}
      </p>
    ))}
  </div>
);
