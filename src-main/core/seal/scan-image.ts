import { buffer } from 'node:stream/consumers';
import type { Environment } from '../../contract/project.ts';
import { containerName, scanSpec } from '../../domain/container-spec.ts';
import { ScanStream, type ScanResult, type SecretFinder } from '../../domain/seal/scan-stream.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import { TOOLKIT_PREAMBLE, toolkitArchive, toolkitCommand, unguessableRoot } from '../collect/toolkit-container.ts';
import type { Toolkit } from '../collect/toolkit.ts';
import { unpack } from '../collect/unpack.ts';
import { refuse } from '../refusal.ts';

/** Waking time that reading some GB from a slow disk may take. */
const DEADLINE_MS = 30 * 60_000;
/** `/etc` is read apart; it is small everywhere. */
const ETC_BYTES = 256 * 2 ** 20;

/**
 * Names, then contents, of everything that changed since setup began. The kernel sets a file's change time and lets nobody set it back, and a
 * commit writes its files anew: nothing of the new layer can hide, and what else is listed is only read for nothing.
 * `/etc` is covered while this runs, because the loader obeys a file in it.
 */
const SCRIPT = String.raw`${TOOLKIT_PREAMBLE}
run find -P / -xdev -path "$T" -prune -o -newerct "@$SINCE" \( -type f -printf 'f %s %P\0' -o -type l -printf 'n %P\0n %l\0' -o -printf 'n %P\0' \)
printf '\0'
run find -P / -xdev -path "$T" -prune -o -type f -newerct "@$SINCE" -exec "$T/ld.so" --inhibit-cache --library-path "$T/lib" "$T/bin/cat" {} +
`;

export interface ScanRequest {
  readonly run: string;
  readonly turn: number;
  readonly owner: string;
  readonly environment: Environment;
  /** The image that setup's container was committed to, and that container, stopped. */
  readonly image: string;
  readonly container: string;
  /** When setup's container was made or later, by the engine's clock, in whole seconds since 1970. */
  readonly since: number;
  readonly finder: SecretFinder;
}

const lookIntoEtc = async (engine: ContainerEngine, container: string, stream: ScanStream): Promise<number> => {
  const archive = await engine.read(container, '/etc');
  if (archive === null) return 0;
  const unpacking = unpack(archive);
  let bytes = 0;
  try {
    for await (const entry of unpacking) {
      bytes += entry.header.size ?? 0;
      if (bytes > ETC_BYTES) return refuse('tooLarge', 'Setup left more than 256 MiB in /etc, which cannot be searched.', 'Have setup write elsewhere, then run again.');
      const place = `/${entry.header.name}`;
      stream.lookInto(Buffer.from(`${entry.header.name}\0${entry.header.linkname ?? ''}`), `the name ${place}`);
      stream.lookInto(await buffer(entry), place);
    }
  } finally {
    archive.destroy();
    unpacking.destroy();
  }
  return bytes;
};

/**
 * Searches everything that setup left in an image: the content and names of changed files, links, `/etc`, the image's configuration and its
 * history. Rejects when not all of it could be read: what was not searched is never sealed.
 */
export const scanImage = async ({ engine, toolkit }: { readonly engine: ContainerEngine; readonly toolkit: Toolkit }, request: ScanRequest): Promise<ScanResult> => {
  const { run, turn, owner, environment, image, since } = request;
  const stream = new ScanStream(request.finder);
  const root = unguessableRoot();
  const name = containerName(run, turn, 'scan');
  await engine.remove(name);
  try {
    const programs = await toolkit.programs(engine);
    const spec = scanSpec({ runId: run, turn, image, owner, environment }, toolkitCommand(root, { SINCE: String(since) }));
    const container = await engine.create(spec);
    await engine.put(container, '/', toolkitArchive(root, [...programs, { name: 'script', mode: 0o600, bytes: Buffer.from(SCRIPT) }]));
    let words = '';
    let isTooMuch = false;
    const output = await engine.attach(container, (from, bytes) => {
      if (from === 'stderr') words = (words + Buffer.from(bytes).toString('latin1')).slice(-300);
      else if (!stream.push(bytes)) isTooMuch = true;
    });
    await engine.start(container);
    const exit = await engine.wait(container, AbortSignal.timeout(DEADLINE_MS));
    await output.ended;
    const etc = await lookIntoEtc(engine, request.container, stream);
    stream.lookInto(Buffer.from(await engine.describeImage(image)), "the image's configuration");
    const result = stream.end();
    if (isTooMuch || !result.whole || exit.exitCode !== 0) {
      const why = isTooMuch ? 'it has too many files' : `exit status ${exit.exitCode}, ${words.replace(/[^\x20-\x7e]+/g, ' ').trim() || 'content was missing'}`;
      return refuse('internal', `What setup left could not be searched for secrets: ${why}.`, 'Nothing was sealed. Run again; if it happens again, have setup leave fewer files behind.');
    }
    return { ...result, bytes: result.bytes + etc };
  } finally {
    await engine.remove(name);
  }
};
