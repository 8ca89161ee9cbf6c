import { useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { Brief } from '../../../src-main/contract/brief.ts';
import type { Comment, Evidence, Finding } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { isFindingOut } from '../../../src-main/domain/review/left-out.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { CodedText } from '../../ui/coded-text.tsx';
import { ChevronDownIcon, ChevronRightIcon } from '../../ui/icons.tsx';
import { useBrokenPictures } from '../file/broken-pictures.ts';
import { changeView, useReviewView } from '../review-view.ts';
import { AskedFor } from './asked-for.tsx';
import { Checks } from './checks.tsx';
import { Comments, EarlierComments } from './comments.tsx';
import { Criteria } from './criteria.tsx';
import { countFindings, findingsOf } from '../../client/finding-words.ts';
import { failingCheck } from './failing-check.ts';
import { Findings } from './findings.tsx';

interface FoldProps {
  readonly title: string;
  readonly detail?: ReactNode;
  readonly open: boolean;
  readonly onFold: (open: boolean) => void;
  readonly children: ReactNode;
}

const Fold = ({ title, detail, open, onFold, children }: FoldProps): ReactElement => (
  <section>
    <h3>
      <button type="button" aria-expanded={open} onClick={() => onFold(!open)}>
        {open ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
        <span className="grow">{title}</span>
        {detail !== undefined && <span className="muted">{detail}</span>}
      </button>
    </h3>
    {open && <div className="evidence-body">{children}</div>}
  </section>
);

interface SectionProps extends Omit<FoldProps, 'open' | 'onFold'> {
  /** Something inside is wanted: it must not stay folded. */
  readonly wanted?: boolean;
}

const Section = ({ wanted = false, ...rest }: SectionProps): ReactElement => {
  const [open, setOpen] = useState(true);
  if (wanted && !open) setOpen(true);
  return <Fold {...rest} open={open} onFold={setOpen} />;
};

interface EvidencePanelProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly evidence: Evidence | null;
  /** The checks are asked for by key, and have not begun yet. */
  readonly isAsked: boolean;
  readonly findings: readonly Finding[];
  /** Paths that can be gone to. */
  readonly paths: ReadonlySet<string>;
  /** Somebody wants to be taken here: to the check that fails, when one does. */
  readonly wanted: boolean;
  readonly onArrived: () => void;
  readonly onFinding: (finding: Finding) => void;
  readonly onComment: (comment: Omit<Comment, 'at'>) => void;
}

/** What speaks for the result and against it, beside the diff. */
export const EvidencePanel = ({ brief, run, evidence, isAsked, findings, paths, wanted, onArrived, onFinding, onComment }: EvidencePanelProps): ReactElement => {
  const turn = run.turns.at(-1);
  const showAsked = useReviewView((view) => view.showAsked);
  const { criteria, checks } = run.order.text;
  const passed = evidence?.items.filter(({ verdict }) => verdict === 'passed').length ?? 0;
  const isBroken = useBrokenPictures(run.id);
  const { all } = countFindings(findingsOf(run));
  const panel = useRef<HTMLElement>(null);
  const failing = useMemo(() => failingCheck(evidence), [evidence]);
  useEffect(() => {
    if (!wanted || failing !== null) return;
    panel.current?.focus();
    onArrived();
  }, [wanted, failing, onArrived]);
  return (
    <aside ref={panel} className="evidence" aria-label="Evidence" tabIndex={-1}>
      <Fold title="Asked for" open={showAsked} onFold={(open) => changeView({ showAsked: open })}>
        <AskedFor run={run} />
      </Fold>
      <Section title="Checks" wanted={wanted && failing !== null} {...(checks.length > 0 && evidence?.checked && { detail: `${passed} of ${checks.length} passed` })}>
        <Checks run={run} evidence={evidence} isAsked={isAsked} failing={failing} wanted={wanted} onArrived={onArrived} />
      </Section>
      {findings.length > 0 && (
        <Section title="Findings" detail={all}>
          <Findings findings={findings} isOut={(finding) => isFindingOut(finding, run)} paths={paths} isBroken={isBroken} onGoTo={onFinding} />
        </Section>
      )}
      {criteria.length > 0 && (
        <Section title="For you to judge" detail={`${run.criteriaMet.length} of ${criteria.length}`}>
          <Criteria run={run} />
        </Section>
      )}
      <Section title="Comments" {...(run.comments.length > 0 && { detail: run.comments.length })}>
        <Comments run={run} onGoTo={onComment} />
        {run.attempt > 1 && <EarlierComments brief={brief} run={run} />}
      </Section>
      <Section title="About this run">
        <div className="muted run-facts">
          {turn?.base && <p>From {visibleText(turn.base.description)}</p>}
          {turn?.base?.notes.map((note) => <p key={note}><CodedText text={visibleText(note)} /></p>)}
          {turn?.work && <p>The command ended with status {turn.work.exitCode}.</p>}
        </div>
      </Section>
    </aside>
  );
};
