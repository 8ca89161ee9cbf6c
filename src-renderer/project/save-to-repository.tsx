import { useEffect, useState, type ReactElement } from 'react';
import type { EnvironmentFileReading } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Project } from '../../src-main/contract/project.ts';
import { visibleLines, visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DiffLines } from '../ui/diff-lines.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showDone } from '../ui/toast.tsx';

interface SaveProps {
  readonly project: Project;
  /** What the last commit has; null: not known. */
  readonly reading: EnvironmentFileReading | null;
  readonly isDirty: boolean;
}

const TURNED: Readonly<Record<string, string>> = { '-': '+', '+': '-' };

/** The other way round: from the file to what is in use, of each change what goes before what comes. */
const turned = (diff: string): string => {
  const lines = diff.replace(/\n$/, '').split('\n').map((line) => `${TURNED[line.slice(0, 1)] ?? line.slice(0, 1)}${line.slice(1)}`);
  const blocks: string[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last && last[0]?.startsWith(' ') === line.startsWith(' ')) last.push(line);
    else blocks.push([line]);
  }
  return blocks.flatMap((block) => [...block.filter((line) => !line.startsWith('+')), ...block.filter((line) => line.startsWith('+'))]).join('\n');
};

const SaveDialog = ({ project, reading, isDirty, onClose }: SaveProps & { readonly onClose: () => void }): ReactElement => {
  const [text, setText] = useState<{ readonly path: string; readonly text: string } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const { id } = project;
  useEffect(() => {
    const giveUp = new AbortController();
    api.projects.environmentFileText({ projectId: id }, { signal: giveUp.signal }).then(setText, (error: unknown) => {
      if (!giveUp.signal.aborted) setFault(faultOf(error));
    });
    return () => giveUp.abort();
  }, [id]);
  const write = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      const { path, written } = await api.projects.saveEnvironmentFile({ commandId: newCommandId(), projectId: id });
      if (written) showDone(`${path} was written.`, 'Look at it, and commit it.');
      else showDone(`${path} is there already, as it would be written.`);
      onClose();
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  const isNew = reading === null || reading.file === null;
  return (
    <Dialog
      title="Save to the repository"
      onClose={onClose}
      onSubmit={() => void write()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" data-first disabled={busy || text === null}>
            {busy ? 'Writing…' : 'Write the file'}
          </Button>
        </>
      }
    >
      {text === null && fault === null && <Skeleton lines={4} label="Reading the environment" />}
      {text !== null && (
        <div className="stack">
          <p>
            Writes <span className="mono literal">{visibleText(`${project.path}/${text.path}`)}</span> and nothing else; a colleague then only fills in the values of secrets. It counts for others once you commit it.
          </p>
          {isDirty && <p className="hint">What is typed here and not saved yet is not in it.</p>}
          {isNew ? (
            <>
              {reading !== null && reading.blob !== null && <p className="hint">It takes the place of the file that cannot be used.</p>}
              <pre className="text-box mono environment-text" tabIndex={0} aria-label="The file">{visibleLines(text.text)}</pre>
            </>
          ) : reading.diff === '' ? (
            <p>The last commit has it already.</p>
          ) : (
            <DiffLines label="What changes in the file" diff={visibleLines(turned(reading.diff))} />
          )}
        </div>
      )}
      {fault && <FaultText fault={{ message: visibleText(fault.message), next: visibleText(fault.next) }} />}
    </Dialog>
  );
};

/** Shows what would be written, and where; only its own button writes. */
export const SaveToRepository = (props: SaveProps): ReactElement => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Save to the repository…</Button>
      {open && <SaveDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
};
