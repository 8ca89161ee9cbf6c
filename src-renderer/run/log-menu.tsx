import { useRef, useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { faultOf } from '../client/fault-of.ts';
import { Button } from '../ui/button.tsx';
import { bytes } from '../ui/format.ts';
import { CopyIcon, DownIcon, MoreIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { saveFile } from '../ui/save-file.ts';
import { showDone, showFault } from '../ui/toast.tsx';
import { logAsFile } from './download-log.ts';

interface LogMenuProps {
  readonly run: Run;
  readonly empty: boolean;
  readonly hasSelection: boolean;
  readonly canFold: boolean;
  readonly onCopySelection: () => void;
  readonly onCopyShown: () => void;
  readonly onCopyAll: () => void;
  readonly onFoldAll: (fold: boolean) => void;
}

/** What else can be done with a log; a download shows how far it is, and can be given up. */
export const LogMenu = ({ run, empty, hasSelection, canFold, onCopySelection, onCopyShown, onCopyAll, onFoldAll }: LogMenuProps): ReactElement => {
  const [read, setRead] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const giveUp = useRef<AbortController | null>(null);
  const download = async (): Promise<void> => {
    const stop = new AbortController();
    giveUp.current = stop;
    setRead({ done: 0, of: 0 });
    try {
      const turn = run.turns.at(-1)?.number ?? 1;
      const file = await logAsFile(run.id, turn, stop.signal, (done, of) => setRead({ done, of }));
      saveFile(`${run.id}.log`, file, 'application/octet-stream');
      showDone(`The log was saved, ${bytes(file.size)}.`, 'It holds the bytes as they were written, with colours.');
    } catch (error) {
      if (!stop.signal.aborted) showFault(faultOf(error));
    } finally {
      setRead(null);
    }
  };
  if (read !== null) {
    return (
      <span className="row" role="status">
        <span className="muted">
          Reading {bytes(read.done)} of {bytes(read.of)}
        </span>
        <Button onClick={() => giveUp.current?.abort()}>Cancel download</Button>
      </span>
    );
  }
  return (
    <MenuButton
      label="More for this log"
      look="icon"
      button={<MoreIcon />}
      sections={[
        {
          entries: [
            { id: 'selection', title: 'Copy selection', icon: <CopyIcon />, disabled: !hasSelection, onAction: onCopySelection },
            { id: 'shown', title: 'Copy lines in view', icon: <CopyIcon />, disabled: empty, onAction: onCopyShown },
            { id: 'all', title: 'Copy all', icon: <CopyIcon />, disabled: empty, onAction: onCopyAll },
            { id: 'download', title: 'Download', icon: <DownIcon />, disabled: empty, onAction: () => void download() },
          ],
        },
        {
          entries: [
            { id: 'fold', title: 'Fold all parts', disabled: !canFold, onAction: () => onFoldAll(true) },
            { id: 'unfold', title: 'Unfold all parts', disabled: !canFold, onAction: () => onFoldAll(false) },
          ],
        },
      ]}
    />
  );
};
