import type { CommittedBase } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import { LABEL, networkName, ownLabels } from '../../domain/container-spec.ts';
import { createBuildTrail } from '../../domain/environment/build-failure.ts';
import type { OutputSink } from '../../ports/container-engine.ts';
import { refuse } from '../refusal.ts';
import { redactingSink } from '../seal/redacting-sink.ts';
import { revealFor } from '../seal/reveal-for.ts';
import { searchFor } from '../seal/search.ts';
import type { DescribedImage } from './environment-image.ts';
import { logSink } from './observe.ts';
import { note, type StepContext } from './step.ts';

/** Label of images that a project's Dockerfile made, with the project's id as its value. */
export const DOCKERFILE_LABEL = 'drydock.dockerfile';

/** Of a Dockerfile that is at fault. */
const NEXT = 'Read the log, correct the Dockerfile (what it copies is named from the repository’s top), commit and approve it, then run again.';

/**
 * Makes an image from a Dockerfile of the base, as setup is run: on a network of the run's own, within setup's time, its output live in
 * the run's log. No secret is given to it. Faults: imageNotMade, and those of the engine.
 */
export const buildImage = async (context: StepContext, run: Run, base: CommittedBase, { dockerfile, reference, paths }: DescribedImage): Promise<void> => {
  const { deps, engine, project, signal } = context;
  const { limits, setupTimeoutSeconds } = run.order.environment;
  const network = networkName(run.id, run.turns.length);
  const secrets = await revealFor(deps, project, run.order.environment);
  note(context, `Image: made from ${dockerfile}, with ${paths.size} ${paths.size === 1 ? 'file' : 'files'} to copy from.`);
  await engine.createNetwork(network, ownLabels(deps.owner, run.id));
  const trail = createBuildTrail();
  const log = logSink(context, run, 'setup');
  const follow: OutputSink = (stream, bytes) => {
    trail.push(Buffer.from(bytes).toString());
    return log(stream, bytes);
  };
  // What is told of a failure comes out of what was covered already.
  const output = redactingSink(follow, secrets);
  const overtime = AbortSignal.timeout(setupTimeoutSeconds * 1_000);
  const request = {
    context: await deps.depot.archive(project, base.tree, { prefix: '', uid: 0, only: paths }),
    dockerfile,
    reference,
    labels: { [LABEL.owner]: deps.owner, [DOCKERFILE_LABEL]: project.id },
    network,
    limits,
    signal: AbortSignal.any([signal, overtime]),
  };
  const outcome = await engine.build(request, output.sink).catch((error: unknown) => {
    if (signal.aborted || !overtime.aborted) throw error;
    return { kind: 'failed' as const, message: `it took longer than the environment's ${setupTimeoutSeconds} s` };
  });
  await output.end();
  await context.log.flush();
  if (outcome.kind === 'failed') refuse('imageNotMade', trail.explain(dockerfile, searchFor(secrets).cover(outcome.message)), NEXT);
  // What cannot be removed now is removed with the run's other objects.
  await engine.removeNetwork(network).catch(() => {});
};
