import { useEffect, useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { markdownOf } from './brief-file.ts';

/** The brief that a run was launched with, to be read. */
const Launched = ({ run, onClose }: { readonly run: Run; readonly onClose: () => void }): ReactElement => {
  const [markdown, setMarkdown] = useState<string | null>(null);
  useEffect(() => {
    void markdownOf(run.order.text).then(setMarkdown);
  }, [run.order.text]);
  return (
    <Dialog title={`As attempt ${run.attempt} was launched`} onClose={onClose} footer={<Button data-first onClick={onClose}>Close</Button>}>
      {markdown === null ? (
        <Skeleton lines={8} label="Writing the brief" />
      ) : (
        <pre className="as-launched mono literal" tabIndex={0} aria-label="The brief as it was launched">
          {markdown.split('\n').map(visibleText).join('\n')}
        </pre>
      )}
    </Dialog>
  );
};

/** The way to the brief that a run was launched with, where this one says something else by now. */
export const AsLaunched = ({ run }: { readonly run: Run }): ReactElement => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>As it was launched</Button>
      {open && <Launched run={run} onClose={() => setOpen(false)} />}
    </>
  );
};
