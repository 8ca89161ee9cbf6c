import type { ReactElement } from 'react';
import type { Finding } from '../../../src-main/contract/result.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { CodedText } from '../../ui/coded-text.tsx';
import { FlagIcon, InfoIcon, WarningIcon } from '../../ui/icons.tsx';
import { NOT_A_PICTURE } from '../file/broken-pictures.ts';
import { groupFindings, type Severity } from '../../client/finding-words.ts';

const SIGN: Readonly<Record<Severity, { readonly tone: string; readonly Icon: typeof FlagIcon; readonly word: string }>> = {
  high: { tone: 'tone-red', Icon: WarningIcon, word: 'Grave' },
  look: { tone: 'tone-amber', Icon: FlagIcon, word: 'Look at it' },
  note: { tone: 'muted', Icon: InfoIcon, word: 'Note' },
};

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** Whether it is about something that is left out. */
  readonly isOut: (finding: Finding) => boolean;
  /** Paths that can be gone to. */
  readonly paths: ReadonlySet<string>;
  /** Whether a path was found to be no picture, though it is called like one. */
  readonly isBroken: (path: string) => boolean;
  readonly onGoTo: (finding: Finding) => void;
}

const placeOf = (finding: Finding): string => (finding.path === null ? '' : `${visibleText(finding.path)}${finding.line === undefined ? '' : `:${finding.line}`}`);

interface FindingLineProps {
  readonly finding: Finding;
  readonly out: boolean;
  readonly known: boolean;
  readonly broken: boolean;
  readonly onGoTo: () => void;
}

const FindingLine = ({ finding, out, known, broken, onGoTo }: FindingLineProps): ReactElement => {
  const said = visibleText(finding.message);
  const place = placeOf(finding);
  const inside = (
    <>
      {place !== '' && (
        <span className="finding-place">
          <span className="mono literal">{place}</span>
          {out && ' left out'}
        </span>
      )}
      {broken && !/\bnot a picture\b/.test(said) && <span className="finding-said">{NOT_A_PICTURE}.</span>}
      {said !== place && <span className="finding-said"><CodedText text={said} /></span>}
    </>
  );
  return known ? (
    <button type="button" onClick={onGoTo}>
      {inside}
    </button>
  ) : (
    <p>{inside}</p>
  );
};

/** What review should know, by kind; each leads to its place. */
export const Findings = ({ findings, isOut, paths, isBroken, onGoTo }: FindingsProps): ReactElement => (
  <>
    {groupFindings(findings).map((group) => {
      const { tone, Icon, word } = SIGN[group.severity];
      const left = group.findings.filter((finding) => !isOut(finding)).length;
      return (
        <div key={group.kind} className="finding-group" data-finding={group.kind}>
          <h4 className={left === 0 ? 'muted' : tone}>
            <Icon size={12} />
            <span className="hidden-text">{word}: </span>
            {group.title}
            <span className="muted">{left === 0 ? 'left out' : left}</span>
          </h4>
          {group.why !== '' && <p className="muted finding-why">{group.why}</p>}
          <ul>
            {group.findings.map((finding, at) => (
              <li key={at} className={`finding-line${isOut(finding) ? ' out' : ''}`}>
                <FindingLine finding={finding} out={isOut(finding)} broken={finding.kind === 'binary' && finding.path !== null && isBroken(finding.path)} known={finding.path !== null && paths.has(finding.path)} onGoTo={() => onGoTo(finding)} />
              </li>
            ))}
          </ul>
        </div>
      );
    })}
  </>
);
