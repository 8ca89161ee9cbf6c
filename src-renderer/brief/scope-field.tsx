import type { ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { relativeFolder } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { LinesField, TextField } from '../ui/field.tsx';
import { count } from '../ui/format.ts';
import { folderOf } from './draft-text.ts';
import { useMatches } from './use-matches.ts';

interface MatchedProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly globs: readonly string[];
  /** What no glob at all means. */
  readonly none: (total: number) => string;
}

/** The files that globs match, counted, with their names folded away. */
const Matched = ({ projectId, text, globs, none }: MatchedProps): ReactElement => {
  const { matches, fault } = useMatches(projectId, text, globs);
  if (!relativeFolder.safeParse(folderOf(text)).success) return <p className="hint">Its files are shown once the working directory is right.</p>;
  if (fault) return <p className="hint tone-amber">{visibleText(fault.message)}</p>;
  if (!matches) return <p className="hint">Looking…</p>;
  if (globs.length === 0) return <p className="hint">{none(matches.total)}</p>;
  if (matches.count === 0) return <p className="hint tone-amber">No file of the base matches. New files still can.</p>;
  const hidden = matches.count - matches.paths.length;
  return (
    <details className="matched">
      <summary className="hint">
        {matches.count.toLocaleString('en')} of {count(matches.total, 'file')}
      </summary>
      <ul className="mono literal" tabIndex={0} aria-label="Files that match">
        {matches.paths.map((path) => (
          <li key={path}>{visibleText(path)}</li>
        ))}
        {hidden > 0 && <li className="muted">and {hidden.toLocaleString('en')} more</li>}
      </ul>
    </details>
  );
};

interface ScopeFieldProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly onChange: (scope: BriefText['scope']) => void;
}

/** Where the work may go and where not, with the files of the base that this means. */
export const ScopeField = ({ projectId, text, onChange }: ScopeFieldProps): ReactElement => {
  const { scope } = text;
  return (
    <section className="stack" aria-label="Scope">
      <h3>Scope</h3>
      <div className="halves">
        <div className="stack tight">
          <LinesField label="In play" mono placeholder="e.g. src/**" value={scope.inPlay} onChange={(inPlay) => onChange({ ...scope, inPlay })} />
          <Matched projectId={projectId} text={text} globs={scope.inPlay} none={(total) => `Globs, one a line. Empty: everything, ${count(total, 'file')}.`} />
        </div>
        <div className="stack tight">
          <LinesField label="Off limits" mono placeholder="e.g. migrations/**" value={scope.offLimits} onChange={(offLimits) => onChange({ ...scope, offLimits })} />
          <Matched projectId={projectId} text={text} globs={scope.offLimits} none={() => 'Globs, one a line. A change here is a finding.'} />
        </div>
      </div>
      <TextField
        label="Working directory"
        mono
        placeholder="e.g. packages/api"
        hint="Where commands run and globs begin. Empty: the top of the repository."
        value={scope.workingDirectory}
        onChange={(workingDirectory) => onChange({ ...scope, workingDirectory })}
      />
    </section>
  );
};
