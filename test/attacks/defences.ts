import type { Patch } from '../support/patched-tree.ts';

/** A test that tries something: its file, and words of its name that stand so in the file. */
export interface Proof {
  readonly file: string;
  readonly test: string;
}

/** One defence, and how to do without it: with `switchedOff` in the sources, `proof` must fail. */
export interface Defence {
  readonly name: string;
  readonly switchedOff: readonly Patch[];
  readonly proof: Proof;
  /** Why more than one place is changed: what else stands behind the first. */
  readonly behind?: string;
}

const patch = (file: string, text: string, replacement: string): Patch => ({ file, text, replacement });

const EGRESS = 'test/attacks/egress.test.ts';
const CREDENTIALS = 'test/attacks/credentials.test.ts';
const ESCAPE = 'test/attacks/escape.test.ts';
const EXHAUSTION = 'test/attacks/exhaustion.test.ts';
const SERVICES = 'test/attacks/services.test.ts';
const HAND_OVER = 'test/attacks/hand-over.test.ts';
const REPOSITORY = 'test/attacks/repository.test.ts';
const NEIGHBOURS = 'test/attacks/neighbours.test.ts';
const LANDING = 'test/attacks/landing.test.ts';
const APP = 'test/attacks/app.test.ts';
const HTTP = 'test/wire/http.test.ts';
const SHELL = 'test/shell/shell.test.ts';
const IMPORT = 'test/adapters/git/import-tree.test.ts';

const ANY_SPELLING: Proof = { file: EGRESS, test: 'nothing else by any spelling' };
const NOTHING_OUT: Proof = { file: EGRESS, test: 'gets nothing out: no TCP, UDP' };
const NOWHERE: Proof = { file: CREDENTIALS, test: 'is nowhere afterwards' };
const DOZEN: Proof = { file: CREDENTIALS, test: 'written to a dozen places' };
const ADDED: Proof = { file: CREDENTIALS, test: 'is never seen inside' };
const REFUSED: Proof = { file: ESCAPE, test: 'is refused every mount' };
const TRAPS: Proof = { file: HAND_OVER, test: 'is collected or named, and nothing of it runs' };
const CONFIGURED: Proof = { file: REPOSITORY, test: 'is looked at and taken as a base without running one' };

const GATEWAY = 'src-main/adapters/gateway';
const WORK_NETWORK = 'src-main/core/network/work-network.ts';
const CONTAINER_SPEC = 'src-main/domain/container-spec.ts';
const CREATE_BODY = 'src-main/adapters/docker/create-body.ts';
const SELF_TEST = `${GATEWAY}/relay/self-test.ts`;
const TAKE_REQUEST = `${GATEWAY}/proxy/take-request.ts`;
const TAKE_TUNNEL = `${GATEWAY}/proxy/take-tunnel.ts`;
const DECIDE_REQUEST = 'src-main/domain/network/decide-request.ts';
const REACH = `${GATEWAY}/proxy/reach.ts`;
const SEAL = 'src-main/core/supervisor/seal.ts';
const SET_UP = 'src-main/core/supervisor/set-up.ts';
const FORMS = 'src-main/domain/secrets/forms.ts';
const GIT_PLACE = 'src-main/adapters/git/git-place.ts';
const HTTP_ACCESS = 'src-main/wire/transports/http-access.ts';
const CONTENT_GUARDS = 'src-main/shell/content-guards.ts';

const withoutSelfTest = patch(SELF_TEST, 'return [\n    ...(interfaces === null', 'return [].concat([]) ?? [\n    ...(interfaces === null');

const egress: readonly Defence[] = [
  { name: 'work without internet has no network', switchedOff: [patch(WORK_NETWORK, "network: 'none', variables: {}", "network: { bridge: 'bridge' }, variables: {}")], proof: NOTHING_OUT },
  {
    name: 'the relay has no network',
    switchedOff: [patch(CONTAINER_SPEC, "  network: 'none',\n  limits: { cpus: 2, memoryBytes: 128 * 2 ** 20", "  network: { bridge: 'bridge' },\n  limits: { cpus: 2, memoryBytes: 128 * 2 ** 20"), withoutSelfTest],
    proof: NOTHING_OUT,
    behind: 'the self-test would refuse to start',
  },
  { name: 'the self-test from inside', switchedOff: [withoutSelfTest], proof: { file: 'test/adapters/gateway/relay-container.test.ts', test: 'names a surprise of the self-test' } },
  { name: 'addresses of this machine and its networks are refused', switchedOff: [patch(REACH, 'new Set(addresses.map(addressKind))', "new Set(['public'])")], proof: ANY_SPELLING },
  {
    name: 'the address that was checked is the one that is dialled',
    switchedOff: [
      patch(REACH, 'export const reach = async ({ dial, clock }: ProxyContext, { decision, addresses }', 'export const reach = async ({ dial, clock, resolve }: ProxyContext, { decision }'),
      patch(REACH, 'for (const address of addresses.slice(0, MOST_TRIED)) {', 'for (const address of (await resolve(decision.place.host)).slice(0, MOST_TRIED)) {'),
    ],
    proof: ANY_SPELLING,
  },
  { name: 'the name in TLS is the name of the tunnel', switchedOff: [patch(TAKE_TUNNEL, "if (named === null || named.kind === 'refused' || named.name !== host) {", 'if (named === undefined) {')], proof: ANY_SPELLING },
  { name: 'only TLS in a tunnel', switchedOff: [patch(TAKE_TUNNEL, "if (hello.kind === 'notTls') return", "if (hello.kind === 'notTls' && network === null) return"), patch(TAKE_TUNNEL, "if (named === null || named.kind === 'refused' || named.name !== host) {", 'if (named === undefined) {')], proof: ANY_SPELLING, behind: 'what has no name in TLS is refused for that' },
  { name: 'the Host header is the host', switchedOff: [patch(TAKE_REQUEST, 'if (named?.name !== place.host || named.port !== place.port) return', 'if (named === undefined) return')], proof: ANY_SPELLING },
  { name: 'one request is read in one way', switchedOff: [patch(TAKE_REQUEST, 'if (unclear !== null) return', "if (unclear === '') return")], proof: ANY_SPELLING },
  { name: 'methods', switchedOff: [patch(DECIDE_REQUEST, 'rule.methods.length === 0 || methods.every(', 'rule.methods.length >= 0 || methods.every(')], proof: ANY_SPELLING },
  { name: 'headers that say another method', switchedOff: [patch(DECIDE_REQUEST, '[...valuesOf(headers, METHOD_OVERRIDES), ...parametersOf(query, METHOD_PARAMETERS)]', '[...parametersOf(query, METHOD_PARAMETERS)]')], proof: ANY_SPELLING },
  { name: 'parameters that say another method', switchedOff: [patch(DECIDE_REQUEST, '[...valuesOf(headers, METHOD_OVERRIDES), ...parametersOf(query, METHOD_PARAMETERS)]', '[...valuesOf(headers, METHOD_OVERRIDES)]')], proof: ANY_SPELLING },
  { name: 'paths', switchedOff: [patch(DECIDE_REQUEST, "if (ofMethod.some((rule) => rule.path === '')) return", 'if (ofMethod.length > 0) return')], proof: ANY_SPELLING },
  { name: 'no other protocol', switchedOff: [patch(TAKE_REQUEST, 'if (wantsUpgrade(request)) return', 'if (request === null) return')], proof: ANY_SPELLING },
  { name: 'names are compared whole', switchedOff: [patch('src-main/domain/network/rule-host.ts', 'rule.name === name : name.endsWith(`.${rule.suffix}`)', 'name.endsWith(rule.name) : name.endsWith(rule.suffix)')], proof: ANY_SPELLING },
  { name: 'names only, no addresses', switchedOff: [patch('src-main/domain/network/canonical-host.ts', "const address = (): CanonicalHost => refused('address', 'an address cannot be allowed, only a name');", "const address = (): CanonicalHost => ({ kind: 'name', name: 'allowed.test' });")], proof: ANY_SPELLING },
  { name: 'denied names are not looked up', switchedOff: [patch(TAKE_TUNNEL, "if (decision.kind === 'refused') return refuse(decision);\n", "if (decision.kind === 'refused') return void context.resolve(place.host).catch(() => []).then(() => refuse(decision));\n")], proof: ANY_SPELLING },
  { name: 'the budget of sent bytes', switchedOff: [patch(`${GATEWAY}/proxy/budget.ts`, 'if (this.#sent + bytes > this.#limit.sentBytes) {', 'if (this.#sent + bytes > Infinity) {'), patch(`${GATEWAY}/proxy/budget.ts`, "if (this.#sent >= this.#limit.sentBytes) return 'sentBudget';", '')], proof: { file: EGRESS, test: 'sends no more in queries than its budget' }, behind: 'what is spent opens no new connection' },
  {
    name: 'the policy of a run is that of its launch',
    switchedOff: [
      patch(WORK_NETWORK, 'image: deps.baseImage, network, secrets', 'image: deps.baseImage, network: { ...network, get rules() { return deps.store.project(run.projectId)?.environment.network.rules ?? []; } }, secrets'),
      patch(`${GATEWAY}/proxy/create-proxy.ts`, 'const network = structuredClone(options.network);', 'const network = options.network;'),
    ],
    proof: { file: EGRESS, test: 'has the policy that it began with' },
    behind: 'the proxy keeps a copy of its own',
  },
  { name: 'redirects are not followed for a run', switchedOff: [patch(`${GATEWAY}/proxy/send-on.ts`, 'response.writeHead(answer.statusCode ?? 502, handed.message', "if (answer.headers.location !== undefined) await context.resolve(new URL(answer.headers.location).hostname).catch(() => []);\n    response.writeHead(answer.statusCode ?? 502, handed.message")], proof: { file: EGRESS, test: 'is not led to a denied host by an allowed one' } },
  {
    name: 'each run with full internet has a bridge of its own',
    switchedOff: [
      patch(CONTAINER_SPEC, "`drydock-${runId.replace('_', '-')}-${turn}-net`", '`drydock-all-net-${process.pid}`'),
      patch('src-main/adapters/docker/network.ts', "'com.docker.network.bridge.enable_icc': 'false'", "'com.docker.network.bridge.enable_icc': 'true'"),
      patch('src-main/adapters/docker/network.ts', 'if (!isTaken || !(await networks(context, labels)).some((each) => each.name === name)) throw error;', 'if (!isTaken) throw error;'),
    ],
    proof: { file: EGRESS, test: 'reaches no container of another run' },
    behind: 'containers on one bridge do not reach each other, and a network of another run is not taken for ours',
  },
  { name: 'checks have no network', switchedOff: [patch(CONTAINER_SPEC, "const SEALED: Surroundings = { network: 'none', variables: {} };", "const SEALED: Surroundings = { network: { bridge: 'bridge' }, variables: {} };")], proof: { file: EGRESS, test: 'has checks that get nothing out either' } },
];

const credentials: readonly Defence[] = [
  { name: 'what setup left is searched', switchedOff: [patch(SEAL, 'if (secrets.size === 0) return null;', 'if (secrets.size >= 0) return null;')], proof: DOZEN },
  { name: 'encoded forms are looked for', switchedOff: [patch(FORMS, "for (const text of new Set([value, trimmed])) for (const [form, spelling] of spellingsOf(text)) add(form, spelling);", '')], proof: DOZEN },
  { name: 'lines of a secret are looked for', switchedOff: [patch(FORMS, 'if (isTelling(line.trim())) add', 'if (line.trim().length >= 1e9) add')], proof: DOZEN },
  { name: 'what is newer than setup is searched, whatever its date says', switchedOff: [patch('src-main/core/seal/scan-image.ts', `-newerct "@$SINCE" -exec`, `-newermt "@$SINCE" -exec`)], proof: DOZEN },
  { name: 'files that nobody may read are searched', switchedOff: [patch(CONTAINER_SPEC, 'readsEveryFile: true,\n    tmpfs', 'readsEveryFile: false,\n    tmpfs')], proof: DOZEN },
  { name: 'hiding places of tools are cleared', switchedOff: [patch(SET_UP, 'runSmall(context, container, clearScript(files), process)', "runSmall(context, container, 'true', process)")], proof: DOZEN },
  { name: 'output of setup is covered', switchedOff: [patch('src-main/core/seal/redacting-sink.ts', 'if (secrets.size === 0) return', 'if (secrets.size >= 0) return')], proof: NOWHERE },
  { name: 'secrets are given to one process of setup', switchedOff: [patch(SET_UP, '  const container = await engine.create(spec);', '  const container = await engine.create({ ...spec, environment: { ...spec.environment, ...Object.fromEntries(secrets) } });'), patch('src-main/core/seal/scan-image.ts', "stream.lookInto(Buffer.from(await engine.describeImage(image)), \"the image's configuration\");", '')], proof: NOWHERE, behind: "the search looks into the image's configuration" },
  { name: "the image's configuration is searched", switchedOff: [patch(SET_UP, '  const container = await engine.create(spec);', '  const container = await engine.create({ ...spec, environment: { ...spec.environment, ...Object.fromEntries(secrets) } });')], proof: NOWHERE, behind: 'nothing of setup is in it otherwise' },
  {
    name: 'no process of setup outlives the seal',
    switchedOff: [
      patch(SEAL, '  await engine.stop(container, 2);', ''),
      patch('src-main/adapters/docker/commit.ts', 'if (info.State.Running) throw', 'if (info === null) throw'),
      patch('src-main/adapters/docker/read.ts', "if (state === 'running') throw", "if (id === '') throw"),
      patch(SEAL, '  await engine.remove(container);\n  await engine.removeNetwork', '  if (container === null) await engine.removeNetwork'),
    ],
    proof: { file: CREDENTIALS, test: 'is not heard of any more when the work begins' },
    behind: 'a running container is neither committed nor read, and it goes with its network',
  },
  { name: 'weak secrets are refused', switchedOff: [patch('src-main/domain/secrets/rules.ts', 'ORDINARY.has(plain) || NUMBERED.test(plain)', 'plain === null')], proof: { file: CREDENTIALS, test: 'is refused' } },
  { name: 'an echo of an added header is covered', switchedOff: [patch(`${GATEWAY}/proxy/redacted-response.ts`, 'if (secrets.length === 0) return', 'if (secrets.length >= 0) return')], proof: ADDED },
  { name: 'output of a run is covered too', switchedOff: [patch(`${GATEWAY}/proxy/redacted-response.ts`, 'if (secrets.length === 0) return', 'if (secrets.length >= 0) return'), patch('src-main/core/supervisor/work.ts', '{ fresh, secrets: network.secrets, lost', '{ fresh, lost')], proof: ADDED, behind: 'the proxy covers the echo' },
  { name: 'an added header goes to its host alone', switchedOff: [patch('src-main/domain/network/decide-connection.ts', "return canonical.kind === 'name' && canonical.name === host;", "return canonical.kind === 'name';")], proof: ADDED },
  { name: 'an added header goes over TLS alone', switchedOff: [patch('src-main/domain/network/decide-connection.ts', "speech === 'tls' ? inject.filter", "speech !== undefined ? inject.filter")], proof: ADDED },
  { name: "the client's own header of that name is replaced", switchedOff: [patch(`${GATEWAY}/proxy/injected-headers.ts`, '!names.has(sameName(name)) && ', '')], proof: ADDED },
];

const container: readonly Defence[] = [
  { name: 'no capability', switchedOff: [patch(CREATE_BODY, "CapDrop: ['ALL']", 'CapDrop: []')], proof: { file: 'test/adapters/docker/hostile-image.test.ts', test: 'has no network but loopback, no capability' } },
  { name: 'no capability, not even as root', switchedOff: [patch(CREATE_BODY, "CapDrop: ['ALL']", 'CapDrop: []'), patch(CONTAINER_SPEC, "export const AGENT_USER = '1000:1000';", "export const AGENT_USER = '0:0';")], proof: REFUSED, behind: 'the agent is an ordinary user' },
  { name: 'no new privileges', switchedOff: [patch(CREATE_BODY, "SecurityOpt: ['no-new-privileges']", 'SecurityOpt: []')], proof: { file: ESCAPE, test: 'is the agent user' } },
  { name: "the engine's filter of system calls", switchedOff: [patch(CREATE_BODY, "SecurityOpt: ['no-new-privileges']", "SecurityOpt: ['no-new-privileges', 'seccomp=unconfined']")], proof: REFUSED },
  { name: 'an ordinary user', switchedOff: [patch(CONTAINER_SPEC, "export const AGENT_USER = '1000:1000';", "export const AGENT_USER = '0:0';")], proof: { file: ESCAPE, test: 'is the agent user' } },
  { name: 'nothing of the host is mounted', switchedOff: [patch(CREATE_BODY, '    Privileged: false,', "    Privileged: false,\n    Binds: ['/var/run/docker.sock:/var/run/docker.sock'],")], proof: { file: ESCAPE, test: 'sees no socket of an engine' } },
  { name: "no network of the host's", switchedOff: [patch(WORK_NETWORK, "network: 'none', variables: {}", "network: { bridge: 'host' }, variables: {}"), patch(CREATE_BODY, "(spec.network === 'none' || 'bridge' in spec.network ? { Hostname: 'drydock' } : {})", '{}')], proof: { file: ESCAPE, test: 'sees no socket of an engine' }, behind: "the engine refuses a name for a container that has the host's" },
  { name: 'the command goes before what the image says', switchedOff: [patch(CREATE_BODY, 'return { Entrypoint: [...command], Cmd: [] };', 'return { Cmd: [...command] };')], proof: { file: 'test/adapters/docker/hostile-image.test.ts', test: 'overrides entrypoint, command, user' } },
  { name: "the image's health check does not run", switchedOff: [patch(CREATE_BODY, "  Healthcheck: { Test: ['NONE'] },\n", '')], proof: { file: ESCAPE, test: 'has no say: its entrypoint' } },
  { name: 'volumes of an image go with the container', switchedOff: [patch('src-main/adapters/docker/stop.ts', 'force: true, v: true', 'force: true, v: false')], proof: { file: ESCAPE, test: 'has no say: its entrypoint' } },
  { name: 'a volume over the workspace is refused', switchedOff: [patch('src-main/adapters/docker/create.ts', 'if (volume === undefined) return;', 'if (volume !== null) return;')], proof: { file: 'test/adapters/docker/hostile-image.test.ts', test: 'would swallow the result' } },
  { name: 'what a devcontainer.json asks for in vain is named', switchedOff: [patch('src-main/domain/environment/devcontainer.ts', "const TAKEN = new Set([", "const TAKEN = new Set(['privileged', 'runArgs', ")], proof: { file: 'test/domain/environment/devcontainer.test.ts', test: 'is named one by one, with why' } },
  { name: 'an environment file has no field for them', switchedOff: [patch('src-main/domain/environment/environment-file.ts', '  .strictObject({\n    drydock', '  .object({\n    drydock')], proof: { file: ESCAPE, test: 'is told no, item by item' } },
  { name: 'the number of processes', switchedOff: [patch(CREATE_BODY, '    PidsLimit: spec.limits.processes,\n', '')], proof: { file: EXHAUSTION, test: 'of processes gets no more than its number' } },
  { name: 'memory', switchedOff: [patch(CREATE_BODY, '    Memory: spec.limits.memoryBytes,\n    MemorySwap: spec.limits.memoryBytes,\n', '')], proof: { file: EXHAUSTION, test: 'of memory is ended at its limit' } },
  { name: 'open files', switchedOff: [patch(CREATE_BODY, "{ Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES },", "{ Name: 'nofile', Soft: 18_000, Hard: 18_000 },")], proof: { file: EXHAUSTION, test: 'of open files gets no more than its number' } },
  { name: 'processors', switchedOff: [patch(CREATE_BODY, '    NanoCpus: Math.round(spec.limits.cpus * 1e9),\n', '')], proof: { file: 'test/e2e/sealed-work.test.ts', test: 'has the limits of its environment' } },
  { name: 'shared memory', switchedOff: [patch(CREATE_BODY, 'const SHM_BYTES = 64 * MiB;', 'const SHM_BYTES = 128 * MiB;')], proof: { file: EXHAUSTION, test: 'in shared memory finds 64 MiB there' } },
  { name: 'the watch over written bytes, at work', switchedOff: [patch('src-main/core/supervisor/written-watch.ts', 'if (written > most) {', 'if (written > Infinity) {')], proof: { file: EXHAUSTION, test: 'is stopped while it works' } },
  { name: 'the watch over written bytes, at setup', switchedOff: [patch('src-main/core/supervisor/written-watch.ts', 'if (written > most) {', 'if (written > Infinity) {')], proof: { file: EXHAUSTION, test: 'in the setup: is stopped while it runs' } },
  { name: 'the number of changed files', switchedOff: [patch('src-main/domain/collection-limits.ts', 'changedFiles: 100_000', 'changedFiles: 500_000')], proof: { file: EXHAUSTION, test: 'of empty files has its result refused' } },
  { name: 'a producer of output is held back', switchedOff: [patch('src-main/adapters/files/log-writer.ts', 'if (this.#pending.weight <= HELD_BACK_AT) return;', 'if (this.#pending.weight >= 0) return;'), patch('src-main/adapters/files/log-writer.ts', 'if (this.#stuck !== null) return this.#appendAgain', 'if (this.#parts === null) return this.#appendAgain')], proof: { file: 'test/adapters/files/log-cap.test.ts', test: 'a producer is held back' }, behind: 'what comes while a batch is written waits for it' },
];

const services: readonly Defence[] = [
  { name: 'services have no network but that of the run', switchedOff: [patch('src-main/domain/service-spec.ts', '  environment: {},\n  network,', "  environment: {},\n  network: { bridge: 'bridge' },")], proof: { file: SERVICES, test: 'reaches nothing' } },
  { name: 'rights of a server', switchedOff: [patch(CREATE_BODY, "const SERVER_CAPABILITIES = ['CHOWN',", "const SERVER_CAPABILITIES = ['SYS_ADMIN', 'MKNOD', 'CHOWN',")], proof: { file: SERVICES, test: 'reaches nothing' } },
  { name: "a server's volumes are memory", switchedOff: [patch(CREATE_BODY, '...(asImageSays === null ? [] : volumes.map(', '...(asImageSays !== undefined ? [] : volumes.map(')], proof: { file: SERVICES, test: 'is kept to its own processes' } },
  { name: 'the watch over written bytes, of services', switchedOff: [patch('src-main/core/supervisor/written-watch.ts', 'if (written > most) {', 'if (written > Infinity) {')], proof: { file: SERVICES, test: 'that fills its disk is stopped' } },
];

const handOver: readonly Defence[] = [
  { name: '/etc is covered where left files are looked at', switchedOff: [patch(CONTAINER_SPEC, "    tmpfs: { '/etc': ETC_BYTES },\n", '')], proof: TRAPS },
  { name: "the image's variables do not steer the loader", switchedOff: [patch(CONTAINER_SPEC, 'environment: NO_LOADER_VARIABLES,', 'environment: {},')], proof: TRAPS },
  { name: 'content is hashed as it is', switchedOff: [patch('src-main/core/collect/scripts.ts', 'run git hash-object -w --no-filters --stdin-paths', 'run git hash-object -w --stdin-paths'), patch('src-main/core/collect/collector.ts', "    text('info/attributes', '* -text -eol -filter -ident -working-tree-encoding -diff -merge\\n'),\n", '')], proof: TRAPS, behind: 'attributes of our own stand above those of the tree' },
  { name: 'every spelling of .git is left out', switchedOff: [patch('src-main/domain/collection-path.ts', "return at < 0 ? null : parts", 'return at < 1e9 ? null : parts')], proof: TRAPS },
  { name: 'special files are left out', switchedOff: [patch('src-main/domain/collection.ts', "if (type !== 'f' && type !== 'l') return", "if (type === 'p' || type === 's') return")], proof: TRAPS },
  { name: 'large files are left out', switchedOff: [patch('src-main/domain/collection.ts', "if (type === 'f' && entry.size > COLLECT_LIMITS.fileBytes) return", "if (type === 'never') return")], proof: TRAPS },
  { name: 'below a submodule nothing is taken', switchedOff: [patch('src-main/domain/collection.ts', "if (submodule !== undefined) {", "if (submodule === '') {")], proof: TRAPS },
  { name: 'lists of submodules are left out', switchedOff: [patch('src-main/domain/collection.ts', "if (held && (was === undefined || target !== null)) leave", "if (path === '' && (was === undefined || target !== null)) leave")], proof: TRAPS },
  { name: 'a workspace that is a link is refused', switchedOff: [patch('src-main/core/collect/list-workspace.ts', "if (workspace?.[0] !== 'd') {", 'if (workspace === undefined) {')], proof: { file: HAND_OVER, test: 'a workspace that is not one' } },
  { name: 'what was written is measured before it is copied', switchedOff: [patch('src-main/core/collect/collect-turn.ts', 'if (written <= most) return;', 'if (written >= 0) return;')], proof: { file: HAND_OVER, test: 'of 50 GB that take no disk' } },
  { name: 'paths of a pack are checked', switchedOff: [patch('src-main/adapters/git/import-tree.ts', 'if (problem !== null) throw refused(`${pathText(change.path)} ${problem}`);', ''), patch('src-main/adapters/git/import-tree.ts', "'--strict=badFilemode=error', ", '')], proof: { file: IMPORT, test: 'with names that reach for .git' }, behind: "git's own check of a strict pack" },
  { name: 'a pack has its limits', switchedOff: [patch('src-main/adapters/git/import-tree.ts', 'if (taken > packed.maxBytes) done', 'if (taken > Infinity) done'), patch('src-main/adapters/git/import-tree.ts', 'if (objects > packed.maxObjects) throw', 'if (objects > Infinity) throw')], proof: { file: IMPORT, test: 'above the caps, in bytes' } },
  { name: 'only what the tree needs goes into the depot', switchedOff: [patch('src-main/adapters/git/import-tree.ts', "{ GIT_OBJECT_DIRECTORY: store }), [depot.objectDirectory])", '{}), [])')], proof: { file: IMPORT, test: 'with more than the tree needs' } },
  {
    name: 'checks begin from the snapshot',
    switchedOff: [
      patch('src-main/core/supervisor/check.ts', 'specRequest(context, run, role, snapshot.image)', "specRequest(context, run, role, due.side === 'result' ? `drydock/collect:${run.id}-1` : snapshot.image)"),
      patch('src-main/core/collect/collect-turn.ts', '    await engine.removeImage(image);\n', ''),
    ],
    proof: { file: 'test/attacks/evidence.test.ts', test: 'change no outcome of a check' },
    behind: 'what the agent left is gone by then',
  },
  { name: 'hidden characters are named', switchedOff: [patch('src-main/domain/findings/content-findings.ts', 'dependencyFindings, invisibleCharacterFindings, ', 'dependencyFindings, ')], proof: { file: 'test/domain/findings/content-findings.test.ts', test: 'invisibleCharacter' } },
  { name: 'terminal escapes are not passed on', switchedOff: [patch('src-main/cli/sanitise.ts', '.replace(CONTROL, sign)', '')], proof: { file: 'test/cli/sanitise.test.ts', test: 'keeps colours, and shows everything else that is not text' } },
  { name: "filters of a repository's own are not run", switchedOff: [patch('src-main/adapters/git/without-own-filters.ts', 'const names = [...new Set(own', 'const names = [...new Set([] ?? own')], proof: CONFIGURED },
  { name: "a repository's monitor of files is not run", switchedOff: [patch(GIT_PLACE, "  'core.fsmonitor=false',\n", '')], proof: CONFIGURED },
  { name: 'hooks are not run', switchedOff: [patch(GIT_PLACE, "  'core.hooksPath=/dev/null',\n", '')], proof: { file: LANDING, test: 'hooks of the repository run neither' } },
  { name: 'a folder that looks like a repository is none', switchedOff: [patch(GIT_PLACE, "  'safe.bareRepository=explicit',\n", '')], proof: { file: REPOSITORY, test: 'a folder of committed files that looks like a repository is none' } },
  { name: 'a missing object is not fetched', switchedOff: [patch(GIT_PLACE, "    GIT_NO_LAZY_FETCH: '1',\n", ''), patch(GIT_PLACE, "    GIT_ALLOW_PROTOCOL: 'none',\n", ''), patch(GIT_PLACE, "  'protocol.allow=never',\n", '')], proof: { file: REPOSITORY, test: 'nothing is fetched' }, behind: 'no protocol is allowed' },
  { name: 'what the user wrote meanwhile is kept', switchedOff: [patch('src-main/adapters/git/move-files.ts', '      await keepLateWork(repository, moving, step);\n      await takeStep(repository, moving, step);', '      await takeStep(repository, moving, step);')], proof: { file: LANDING, test: 'what the user writes while the files of a landing are moved is not lost' } },
  { name: 'a branch has a name', switchedOff: [patch('src-main/adapters/git/target-branch.ts', '  await requireBranchName(repository, name, ref);\n', '')], proof: { file: LANDING, test: 'refused, whatever its name would mean to git' } },
  { name: 'nothing is written into .git', switchedOff: [patch('src-main/adapters/git/clone-into.ts', "=== '.git')) throw", "=== '.never')) throw")], proof: { file: LANDING, test: 'refused, nothing is made or replaced' } },
  { name: 'a snapshot belongs to one project', switchedOff: [patch('src-main/domain/snapshot-key.ts', '    FORMAT,\n    project,\n', '    FORMAT,\n')], proof: { file: NEIGHBOURS, test: 'is never found by another' } },
  { name: "somebody else's container is not touched", switchedOff: [patch('src-main/core/supervisor/ahead.ts', 'if (facts.labels[LABEL.owner] !== spec.labels[LABEL.owner]) throw', 'if (facts === undefined) throw')], proof: { file: NEIGHBOURS, test: 'is not touched' } },
];

const app: readonly Defence[] = [
  { name: 'the Host header of the service', switchedOff: [patch(HTTP_ACCESS, "isOurHost: (request) => hosts.has(request.headers.host ?? '')", 'isOurHost: () => hosts.size > 0')], proof: { file: HTTP, test: 'so that a rebound name gets nothing' } },
  { name: 'the origin of a page', switchedOff: [patch(HTTP_ACCESS, "isOurOrigin: (request) => origins.has(request.headers.origin ?? '')", 'isOurOrigin: () => origins.size > 0')], proof: { file: HTTP, test: 'nobody else' } },
  { name: 'the token', switchedOff: [patch(HTTP_ACCESS, 'isToken: (candidate) => isSame(candidate, token)', 'isToken: (candidate) => isSame(candidate, candidate)')], proof: { file: HTTP, test: 'nothing without the cookie' } },
  { name: 'the cookie', switchedOff: [patch(HTTP_ACCESS, 'key === name && isSame(value, session)', 'key === name || isSame(value, session)')], proof: { file: HTTP, test: 'nothing without the cookie' } },
  { name: 'messages have one form', switchedOff: [patch('src-main/wire/transports/request-envelope.ts', String.raw`.regex(/^\/[A-Za-z0-9/]+$/)`, '')], proof: { file: APP, test: 'the connection is closed, the service goes on' } },
  { name: 'messages have a limit', switchedOff: [patch('src-main/wire/transports/request-envelope.ts', 'export const REQUEST_LIMIT = 16 *', 'export const REQUEST_LIMIT = 64 *')], proof: { file: APP, test: 'the connection is closed, the service goes on' } },
  { name: 'ids have one form', switchedOff: [patch('src-main/contract/ids.ts', 'z.string().regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{12}$`), `must look like ${prefix}_ and 12 characters`)', 'z.string().max(prefix.length + 1e6)')], proof: { file: APP, test: 'refused as invalid, by name' } },
  { name: 'files outside of the interface are not served', switchedOff: [patch('src-main/wire/transports/static-files.ts', 'facts.isFile() && path.startsWith(folder + sep) ?', 'facts.isFile() && folder !== sep ?')], proof: { file: HTTP, test: 'outside the folder' } },
  { name: 'the sender of a message', switchedOff: [patch('src-main/shell/sender-check.ts', 'return frame !== null && frame.parent === null && isAppUrl(frame.url);', 'return frame !== undefined;')], proof: { file: SHELL, test: 'answers nobody but its page' } },
  { name: 'a frame inside the page is nobody', switchedOff: [patch('src-main/shell/sender-check.ts', 'frame.parent === null && ', '')], proof: { file: SHELL, test: 'answers nobody but its page' } },
  { name: 'the page goes nowhere', switchedOff: [patch(CONTENT_GUARDS, 'if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();', 'if (!event.isMainFrame) event.preventDefault();')], proof: { file: SHELL, test: 'stays on its page' } },
  { name: 'no window is opened', switchedOff: [patch(CONTENT_GUARDS, "({ action: 'deny' })", "({ action: 'allow' })")], proof: { file: SHELL, test: 'opens no window and holds no webview' } },
  { name: 'no webview', switchedOff: [patch(CONTENT_GUARDS, "contents.on('will-attach-webview', (event) => event.preventDefault());", '')], proof: { file: SHELL, test: 'opens no window and holds no webview' } },
  { name: 'permissions', switchedOff: [patch('src-main/shell/deny-permissions.ts', 'answer(GRANTED.has(permission))', 'answer(permission !== undefined)')], proof: { file: SHELL, test: 'denies' } },
  { name: 'the content policy of the page', switchedOff: [patch('src-main/shell/app-protocol.ts', "  'content-security-policy': contentSecurityPolicy(),\n", '')], proof: { file: SHELL, test: 'answers only for files of the interface' } },
  { name: 'addresses that are opened', switchedOff: [patch('src-main/shell/app-url.ts', "if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return null;", 'if (parsed === null) return null;')], proof: { file: 'test/shell/app-url.test.ts', test: 'refuses' } },
];

export const defences: readonly Defence[] = [...egress, ...credentials, ...container, ...services, ...handOver, ...app];
