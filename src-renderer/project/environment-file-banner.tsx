import { useState, type ReactElement } from 'react';
import type { EnvironmentFileReading } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Project } from '../../src-main/contract/project.ts';
import { ENVIRONMENT_FILE } from '../../src-main/domain/environment/environment-file.ts';
import { visibleLines, visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { Button } from '../ui/button.tsx';
import { DiffLines } from '../ui/diff-lines.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { showDone } from '../ui/toast.tsx';
import { isLeft, leave } from './left-file.ts';
import type { EnvironmentFileLook } from './use-environment-file.ts';
import { whatItGets } from './what-it-gets.ts';

const Texts = ({ title, texts }: { readonly title: string; readonly texts: readonly string[] }): ReactElement | null =>
  texts.length === 0 ? null : (
    <div>
      <strong>{title}</strong>
      <ul className="environment-texts">
        {texts.map((text) => (
          <li key={text}>{visibleText(text)}</li>
        ))}
      </ul>
    </div>
  );

/** The file at HEAD is no environment: what is in use stays so, and the way out is in the repository. */
const BrokenFile = ({ problems }: { readonly problems: readonly string[] }): ReactElement => (
  <section className="environment-file red" aria-label="From the repository">
    <div className="row">
      <WarningIcon />
      <p className="grow">
        <strong>{ENVIRONMENT_FILE} of the last commit cannot be used.</strong> What is in use stays. Correct the file and commit it; it is read again when you come back.
      </p>
    </div>
    <ul className="environment-texts mono">
      {problems.map((problem) => (
        <li key={problem}>{visibleText(problem)}</li>
      ))}
    </ul>
  </section>
);

/** Makes what was shown the environment in use: that very file, with that very Dockerfile. */
const adopt = (project: Project, { file, blob, dockerfile }: EnvironmentFileReading): Promise<Project> =>
  file === null || blob === null
    ? api.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment: project.environment, from: project.environment, dockerfile })
    : api.projects.adoptEnvironmentFile({ commandId: newCommandId(), projectId: project.id, from: blob, dockerfile });

interface BannerProps {
  readonly project: Project;
  readonly look: EnvironmentFileLook;
}

/**
 * What the repository says about its environment and the user has yet to decide. A change that came by git is given no internet and no
 * secret before they have adopted it here.
 */
export const EnvironmentFileBanner = ({ project, look: { reading, fault: unread, look } }: BannerProps): ReactElement | null => {
  const [left, setLeft] = useState<EnvironmentFileReading | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  if (unread !== null) return <p className="hint">The repository’s own environment file cannot be looked at: {visibleText(unread.message)} {visibleText(unread.next)}</p>;
  if (reading === null) return null;
  if (reading.file === null && reading.blob !== null) return <BrokenFile problems={reading.problems} />;
  if (!reading.differs && reading.needsApproval.length === 0) return null;
  const source = reading.file === null ? 'The Dockerfile' : ENVIRONMENT_FILE;
  if (left === reading || isLeft(project.id, reading)) {
    return (
      <div className="row environment-left">
        <p className="hint grow">{source} of the last commit says something else; you left it as it is.</p>
        <Button
          look="quiet"
          onClick={() => {
            leave(project.id, null);
            setLeft(null);
            look();
          }}
        >
          Look at it again
        </Button>
      </div>
    );
  }
  const take = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      takeProject(await adopt(project, reading));
      showDone('Adopted. The next run uses it.');
    } catch (error) {
      setFault(faultOf(error));
      look();
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="environment-file amber" aria-label="From the repository">
      <div className="row">
        <WarningIcon />
        <p className="grow">
          <strong>{source} of the last commit says something else than what is in use.</strong>{' '}
          {reading.needsApproval.length > 0 ? 'It is given neither internet nor secrets before you adopt it.' : 'It is not used before you adopt it.'}
        </p>
      </div>
      {reading.diff !== '' && <DiffLines label="What adopting changes" diff={visibleLines(reading.diff)} />}
      {reading.dockerfileDiff !== '' && <DiffLines label="What changes in the Dockerfile" diff={visibleLines(reading.dockerfileDiff)} />}
      <div className="environment-file-facts">
        <Texts title="You would approve" texts={reading.needsApproval.map(({ message }) => message)} />
        <Texts title="What it would get" texts={whatItGets(reading.file ?? project.environment)} />
        <Texts title="What it asks for and does not get" texts={reading.problems} />
      </div>
      {fault && <FaultText fault={{ message: visibleText(fault.message), next: visibleText(fault.next) }} />}
      <div className="row environment-file-deeds">
        <Button look="primary" disabled={busy} onClick={() => void take()}>
          {busy ? 'Adopting…' : reading.file === null ? 'Approve it' : 'Adopt it'}
        </Button>
        <Button
          onClick={() => {
            leave(project.id, reading);
            setLeft(reading);
          }}
        >
          Leave it
        </Button>
      </div>
    </section>
  );
};
