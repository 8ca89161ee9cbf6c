import { randomBytes } from 'node:crypto';
import type { NetworkRule } from '../../contract/network.ts';
import { workSpec, type SpecRequest } from '../../domain/container-spec.ts';
import { REGISTRY_FILES } from '../../domain/network/registries/configuration-files.ts';
import { registriesOf } from '../../domain/network/registries/registries-of.ts';
import { REGISTRY_QUESTIONS } from '../../domain/network/registries/registry-questions.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';

/** Tools that hang without a network are not waited for. */
const PATIENCE_MS = 60_000;
const EACH_SECONDS = 10;
const MOST_BYTES = 4 * 2 ** 20;

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Each answer and each file behind a line that nothing can have foreseen. */
const scriptOf = (mark: string): string =>
  [
    'limited() { if command -v timeout >/dev/null 2>&1; then timeout "$@"; else shift; "$@"; fi; }',
    ...REGISTRY_QUESTIONS.map(({ command }, at) => `printf '%s\\n' '${mark} answer ${at}'; limited ${EACH_SECONDS} ${command.map(quoted).join(' ')} 2>/dev/null`),
    `for file in ${REGISTRY_FILES.map((path) => (path.startsWith('~/') ? `"$HOME"/${path.slice(2)}` : path)).join(' ')}; do`,
    `  if [ -f "$file" ]; then printf '%s\\n' "${mark} file $file"; head -c 262144 "$file"; echo; fi`,
    'done',
    'exit 0',
  ].join('\n');

/**
 * The preset "registries": asks the tools of an image, in a sealed container of it, which registries they are configured for. What comes back
 * only ever becomes names of hosts to read from.
 */
export const askRegistries = async (engine: ContainerEngine, request: Omit<SpecRequest, 'role' | 'workingDirectory'>): Promise<NetworkRule[]> => {
  const mark = `drydock-${randomBytes(12).toString('hex')}`;
  const spec = workSpec({ ...request, role: 'registries', workingDirectory: '' }, scriptOf(mark));
  await engine.remove(spec.name);
  try {
    await engine.create(spec);
    let said = '';
    const output = await engine.attach(spec.name, (_stream, bytes) => {
      if (said.length < MOST_BYTES) said += Buffer.from(bytes).toString();
    });
    await engine.start(spec.name);
    await engine.wait(spec.name, AbortSignal.timeout(PATIENCE_MS));
    await output.ended;
    const parts = said.split(`${mark} `).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const);
    const files = parts.flatMap(([head, text]) => (head.startsWith('file ') ? [{ path: head.slice(5), text }] : []));
    const answers = parts.flatMap(([head, text]) => {
      const question = head.startsWith('answer ') ? REGISTRY_QUESTIONS[Number(head.slice(7))] : undefined;
      return question === undefined ? [] : [{ question, output: text }];
    });
    return registriesOf(files, answers);
  } finally {
    await engine.remove(spec.name);
  }
};
