import type { ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { briefHref } from '../client/route.ts';
import { useUnseen } from '../client/unseen.ts';
import { Empty } from '../ui/empty.tsx';
import { RunHead } from './run-head.tsx';
import { RunStream } from './run-stream.tsx';

/** Whether the run has a container that a shell can be opened in. */
const hasContainer = ({ state }: Run): boolean => state.name === 'settingUp' || ((state.name === 'working' || state.name === 'checking') && state.container !== null);

/** What a run does and did: its state, its phases, its log, and a shell where it works. */
export const ActivityTab = ({ brief, run }: { readonly brief: Brief; readonly run: Run | undefined }): ReactElement => {
  const unseen = useUnseen();
  return run ? (
    <RunStream
      key={run.id}
      run={run}
      alive={hasContainer(run) && unseen === null}
      head={(shell) => (
        <RunHead brief={brief} run={run}>
          {shell}
        </RunHead>
      )}
    />
  ) : (
    <Empty title="Not launched yet" actions={<a className="button primary" href={briefHref(brief.id, 'brief')}>Go to the brief</a>}>
      Launch it from its Brief tab, or drag its card to Queued: the phases and the live log appear here.
    </Empty>
  );
};
