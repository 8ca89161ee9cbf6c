import { useEffect, useState, type ReactElement } from 'react';
import type { Brief } from '../../../src-main/contract/brief.ts';
import type { Fault } from '../../../src-main/contract/fault.ts';
import type { LandingReceipt, LandingTarget } from '../../../src-main/contract/landing.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { api } from '../../client/api.ts';
import { faultOf } from '../../client/fault-of.ts';
import { newCommandId } from '../../client/ids.ts';
import { titleOf } from '../../client/run-sign.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FaultText } from '../../ui/fault-text.tsx';
import { count } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { showDone } from '../../ui/toast.tsx';
import { LandFields } from './land-fields.tsx';
import { dropLanding, keepLanding, keptLanding } from './landing-draft.ts';
import { initialForm, targetOf, type LandingForm } from './landing-target.ts';
import { PreviewList } from './preview-list.tsx';
import { usePreview } from './use-preview.ts';

const useBranches = (projectId: Brief['projectId']): readonly string[] => {
  const [branches, setBranches] = useState<readonly string[]>([]);
  useEffect(() => {
    api.projects.facts({ projectId }).then((facts) => setBranches(facts.branches.map((branch) => branch.name)), () => setBranches([]));
  }, [projectId]);
  return branches;
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
  readonly onClose: () => void;
  readonly onLanded: () => void;
}

/** Delivers the selected result. What will change is shown first, and only that can be landed. */
export const LandDialog = ({ brief, run, onClose, onLanded }: LandDialogProps): ReactElement => {
  const title = titleOf(run.order.text);
  const [form, setForm] = useState<LandingForm>(() => ({ ...initialForm(brief.number, title, run.order.text.output), ...keptLanding(run.id) }));
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const [again, setAgain] = useState(0);
  const branches = useBranches(brief.projectId);
  const target = targetOf(form);
  const shown = usePreview(run.id, target, again);
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
            {shown.current ? (blocked ? 'Paths with changes of yours are in the way.' : '') : 'Looking at what would change…'}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={!ready}>
            {busy ? 'Landing…' : 'Land'}
          </Button>
        </>
      }
    >
      <LandFields form={form} branches={branches} proposed={shown.preview?.message ?? ''} hasDirty={hasDirty} onChange={change} />
      {fault && <FaultText fault={fault} />}
      {shown.fault && <FaultText fault={shown.fault} />}
      {shown.preview && target && <PreviewList preview={shown.preview} target={target} />}
    </Dialog>
  );
};
