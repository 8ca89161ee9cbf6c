import { whileAlive, withTimeout } from './engine-call.ts';
import { marked, type EngineContext } from './engine-context.ts';
import { isOfKind } from './engine-fault.ts';
import { requireContainerName, requireImageReference } from './engine-names.ts';
import { answers, carriedLabels } from './facts.ts';
import { inspectInfo } from './inspect.ts';
import { EngineFailure } from '../../ports/container-engine.ts';
import { labelFilter } from './label-filter.ts';

/** `name:tag` apart; the tag may be missing. */
const partsOf = (reference: string): { repo: string; tag: string } => {
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/') ? { repo: reference.slice(0, colon), tag: reference.slice(colon + 1) } : { repo: reference, tag: 'latest' };
};

/** An argument of a Dockerfile's LABEL line. A line break has no spelling there. */
const quoted = (text: string): string => {
  if (/[\r\n\0]/.test(text)) throw new EngineFailure({ kind: 'refused', message: `a label may not hold a line break: ${JSON.stringify(text)}` });
  return `"${text.replace(/["\\$]/g, (sign) => `\\${sign}`)}"`;
};

/** The changes that give an image its labels. */
export const labelChanges = (labels: Readonly<Record<string, string>>): string[] =>
  Object.entries(labels).map(([name, value]) => `LABEL ${quoted(name)}=${quoted(value)}`);

/**
 * Makes an image of a stopped container's file system. The engine takes the container's configuration over into the
 * image, its labels too, and there is no way to take one away: those that are not asked for are blanked, and
 * `images` and `image` do not show blank ones.
 */
export const commit = (context: EngineContext, name: string, reference: string, labels: Readonly<Record<string, string>>): Promise<string> =>
  marked(context, 'commit', async () => {
    const { repo, tag } = partsOf(requireImageReference(reference));
    const info = await inspectInfo(context, requireContainerName(name));
    if (info.State.Running) throw new EngineFailure({ kind: 'refused', message: `${name} is running; only a stopped container is committed` });
    const inherited = Object.keys(info.Config.Labels ?? {});
    const changes = labelChanges({ ...Object.fromEntries(inherited.map((label) => [label, ''])), ...labels });
    const subject = { container: name };
    return whileAlive('commit', context.timeouts, subject, () => answers(context), async (abortSignal) => {
      const options = { abortSignal, _query: { container: info.Id, repo, tag, pause: false, changes }, _body: {} };
      const made: { Id: string } = await context.link.docker.getContainer(info.Id).commit(options);
      return made.Id;
    });
  });

/** Fine when it is gone. Refused while a container uses it. */
export const removeImage = (context: EngineContext, reference: string): Promise<void> =>
  marked(context, 'removeImage', async () => {
    try {
      await whileAlive('removeImage', context.timeouts, { image: reference }, () => answers(context), (abortSignal) =>
        // The client library passes the signal on; its types do not say so.
        context.link.docker.getImage(requireImageReference(reference)).remove({ abortSignal } as object),
      );
    } catch (error) {
      if (!isOfKind(error, 'noSuchImage')) throw error;
    }
  });

/** One entry a tag; the id of an image without one. */
export const images = (
  context: EngineContext,
  labels: Readonly<Record<string, string>>,
): Promise<readonly { readonly reference: string; readonly labels: Readonly<Record<string, string>> }[]> =>
  withTimeout('images', context.timeouts.callMs, {}, async (abortSignal) => {
    const found = await context.link.docker.listImages({ filters: labelFilter(labels), abortSignal });
    // The engine finds blanked labels too when a blank value is asked for.
    const carrying = found.filter((image) => Object.entries(labels).every(([name, value]) => value !== '' && image.Labels?.[name] === value));
    return carrying.flatMap((image) => {
      const tags = (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
      return (tags.length > 0 ? tags : [image.Id]).map((reference) => ({ reference, labels: carriedLabels(image.Labels) }));
    });
  });
