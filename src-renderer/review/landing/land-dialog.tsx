import { useEffect, useState, type ReactElement } from 'react';
import type { BaseChoice, Brief } from '../../../src-main/contract/brief.ts';
import type { RunBaseNow } from '../../../src-main/contract/endpoints.ts';
import type { Evidence, FileChange } from '../../../src-main/contract/result.ts';
import type { Fault } from '../../../src-main/contract/fault.ts';
import type { LandingReceipt, LandingTarget } from '../../../src-main/contract/landing.ts';
import type { RepositoryFacts } from '../../../src-main/contract/project.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { api } from '../../client/api.ts';
import { faultOf } from '../../client/fault-of.ts';
import { newCommandId } from '../../client/ids.ts';
import { gravestFirst } from '../../client/overlap-words.ts';
import { titleOf } from '../../client/run-sign.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FaultText } from '../../ui/fault-text.tsx';
import { count } from '../../ui/format.ts';
import { keysInWords } from '../../client/action-keys.ts';
import { saveFile } from '../../ui/save-file.ts';
import { showDone } from '../../ui/toast.tsx';
import { useOverlaps } from '../overlap-signs.tsx';
import { leftOutCounted } from '../selection.ts';
import { LandFacts } from './land-facts.tsx';
import { LandFields } from './land-fields.tsx';
import { dropLanding, keepLanding, keptLanding } from './landing-draft.ts';
import { initialForm, targetOf, type LandingForm } from './landing-target.ts';
import { keepOnto, lastOnto, proposedOnto } from './onto-memory.ts';
import { PreviewList } from './preview-list.tsx';
import { usePreview } from './use-preview.ts';

/** The user's repository as it is when the dialog opens; null until that is known. */
const useRepository = (projectId: Brief['projectId']): RepositoryFacts | null => {
  const [facts, setFacts] = useState<RepositoryFacts | null>(null);
  useEffect(() => {
    api.projects.facts({ projectId }).then(setFacts, () => setFacts(null));
  }, [projectId]);
  return facts;
};

/** The branch that a run started from; null: none, or it is gone. */
const baseBranchOf = (run: Run, now: RunBaseNow | null): string | null => {
  if (now !== null) return now.branch;
  const base = run.turns.at(-1)?.base;
  return base?.branch ?? (base?.choice.kind === 'branch' ? base.choice.name : null);
};

const receiptInWords = (target: LandingTarget, receipt: LandingReceipt): string => {
  switch (target.kind) {
    case 'branch':
      return `Landed on ${receipt.refs[0]?.name.replace('refs/heads/', '') ?? target.name} at ${receipt.refs[0]?.to.slice(0, 8) ?? ''}.`;
    case 'workingTree':
      return `Landed in the working tree: ${count(receipt.paths.length, 'path')}.`;
    case 'patch':
      return receipt.file ? `Patch written to ${receipt.file}.` : 'Patch downloaded.';
  }
};

interface LandDialogProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly files: readonly FileChange[];
  /** Of what is selected; null: not known yet. */
  readonly evidence: Evidence | null;
  /** Where the branch is that it started from; null: not known yet. */
  readonly baseNow: RunBaseNow | null;
  readonly onClose: () => void;
  readonly onLanded: () => void;
  /** Runs the brief once more, on another base than it says; null: not now. */
  readonly onRunAgain: ((base: BaseChoice) => void) | null;
}

/** Delivers the selected result. What will change is shown first, and only that can be landed. */
export const LandDialog = ({ brief, run, files, evidence, baseNow, onClose, onLanded, onRunAgain }: LandDialogProps): ReactElement => {
  const title = titleOf(run.order.text);
  const baseBranch = baseBranchOf(run, baseNow);
  const [form, setForm] = useState<LandingForm>(() => ({
    ...initialForm(brief.number, title, run.order.text.output, proposedOnto(lastOnto(brief.projectId), baseBranch)),
    ...keptLanding(run.id),
  }));
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const [again, setAgain] = useState(0);
  const repository = useRepository(brief.projectId);
  const target = targetOf(form);
  const shown = usePreview(run.id, target, again);
  const overlaps = gravestFirst(useOverlaps(run));
  const elsewhere = form.kind === 'branch' ? overlaps.filter(({ landedOn }) => landedOn !== undefined && landedOn !== form.onto) : [];
  const hasDirty = shown.preview?.paths.some((path) => path.dirty) ?? false;
  const blocked = form.kind === 'workingTree' && hasDirty && !form.overwriteChanged;
  const ready = shown.current && shown.preview !== null && shown.preview.conflicts.length === 0 && !blocked && !busy;

  const change = (next: LandingForm): void => {
    setForm(next);
    keepLanding(run.id, next);
  };
  const land = async (): Promise<void> => {
    if (!ready || !target || !shown.preview) return;
    setBusy(true);
    setFault(null);
    try {
      const receipt = await api.runs.land({ commandId: newCommandId(), runId: run.id, target, token: shown.preview.token });
      if (receipt.patch !== null) saveFile(`${form.branch.replaceAll('/', '-')}.patch`, receipt.patch, 'text/x-patch');
      showDone(receiptInWords(target, receipt));
      dropLanding(run.id);
      // What another result was landed on is where this one goes, and no habit.
      if (target.kind === 'branch' && overlaps.every(({ landedOn }) => landedOn !== form.onto)) keepOnto(brief.projectId, form.onto, baseBranch);
      onClose();
      // A patch that is only read out delivers nothing by itself: there is still something to decide.
      if (receipt.patch === null) onLanded();
    } catch (error) {
      setFault(faultOf(error));
      setAgain((count_) => count_ + 1);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={`Land #${brief.number} ${visibleText(title)}`}
      onClose={onClose}
      onSubmit={() => void land()}
      footer={
        <>
          <span className="grow muted" role="status">
            {target === null ? 'Give the branch a name.' : shown.current ? (blocked ? 'Paths with changes of yours are in the way.' : '') : 'Looking at what would change…'}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!ready}>
            {busy ? 'Landing…' : 'Land'}
            <span className="land-keys" aria-hidden="true">
              {keysInWords('mod+Enter')[0]?.map((key) => <kbd key={key}>{key}</kbd>)}
            </span>
          </Button>
        </>
      }
    >
      <LandFacts run={run} files={files} evidence={evidence} baseNow={baseNow} mergedWith={shown.preview?.mergedWith ?? null} overlaps={overlaps} elsewhere={elsewhere} onOnto={(onto) => change({ ...form, onto })} />
      <LandFields form={form} repository={repository} baseBranch={baseBranch} proposed={shown.preview?.message ?? ''} leftOut={leftOutCounted(run)} hasDirty={hasDirty} onChange={change} />
      {fault && <FaultText fault={fault} />}
      {shown.fault && <FaultText fault={shown.fault} />}
      {shown.preview && shown.target?.kind === form.kind && <PreviewList preview={shown.preview} target={shown.target} elsewhere={elsewhere} onRunAgain={onRunAgain} />}
    </Dialog>
  );
};
