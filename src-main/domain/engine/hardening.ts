import type { SelfTest } from './self-test.ts';

/** A fact about how well the engine holds containers in. `note`: good to know, it may stay so. `broken`: runs would not be sealed. */
export interface Fact {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'warning' | 'broken';
  readonly message: string;
  /** The next step; '' where there is none. */
  readonly next: string;
}

/** What the facts are made of: the engine's own words, and who may speak to it. */
export interface HardeningInput {
  readonly securityOptions: readonly string[];
  readonly storageDriver: string;
  readonly fileSystem: string | null;
  readonly cgroupVersion: string | null;
  readonly isLiveRestored: boolean;
  readonly isExperimental: boolean;
  readonly insecureRegistries: readonly string[];
  readonly limits: { readonly memory: boolean; readonly swap: boolean; readonly processes: boolean; readonly cpus: boolean };
  readonly isLocal: boolean;
  /** null: it is reached by another way than a socket of this machine, or the socket cannot be looked at. */
  readonly socket: { readonly path: string; /** Permission bits, as `stat` has them. */ readonly mode: number } | null;
  /** null: it could not be run. */
  readonly selfTest: SelfTest | null;
}

const fact = (name: string, state: Fact['state'], message: string, next = ''): Fact => ({ name, state, message, next });
const has = ({ securityOptions }: HardeningInput, name: string): boolean => securityOptions.some((option) => option.split(',').includes(`name=${name}`));
const inWords = (parts: readonly string[]): string => (parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);

const seccomp = (input: HardeningInput): Fact => {
  const unconfined = input.securityOptions.some((option) => option.startsWith('name=seccomp') && option.includes('profile=unconfined'));
  return has(input, 'seccomp') && !unconfined
    ? fact('System call filter', 'ok', 'seccomp with the default profile.')
    : fact('System call filter', 'warning', 'The engine runs containers without seccomp: every system call of the kernel is within reach.', 'Remove `seccomp-profile` from the engine\'s configuration, or use a kernel and an engine that have seccomp.');
};

const mandatoryAccess = (input: HardeningInput): Fact => {
  const name = 'AppArmor or SELinux';
  const known = has(input, 'apparmor') ? 'AppArmor' : has(input, 'selinux') ? 'SELinux' : null;
  const profile = input.selfTest?.profile ?? null;
  if (known !== null) return fact(name, 'ok', `${known}${profile === null ? '' : `, as ${profile}`}.`);
  return fact(name, 'note', 'Neither is there for containers: one wall less, beside seccomp, capabilities and namespaces.', 'On Debian and Ubuntu install apparmor, on Fedora switch SELinux on for the engine; then restart it.');
};

const users = (input: HardeningInput): Fact => {
  const name = 'Root in a container';
  if (has(input, 'rootless')) return fact(name, 'ok', 'The engine is rootless: whoever leaves a container is an ordinary user.');
  if (has(input, 'userns')) return fact(name, 'ok', 'User namespaces: root of a container is nobody outside.');
  return input.isLocal
    ? fact(name, 'note', 'The engine runs as root without user namespaces. Agents are not root, but a setup that runs as root is root of this kernel, held by capabilities and seccomp alone.', 'Consider a rootless engine, or `userns-remap` in its configuration.')
    : fact(name, 'note', "The engine runs as root in a machine of its own, which is what a container would have to leave as well.");
};

const controlGroups = ({ cgroupVersion }: HardeningInput): Fact =>
  cgroupVersion === '1'
    ? fact('Control groups', 'note', 'Version 1: limits hold; version 2 holds memory more strictly and is what engines are built for now.', 'Boot with `systemd.unified_cgroup_hierarchy=1`, or a newer system.')
    : fact('Control groups', 'ok', cgroupVersion === null ? 'The engine does not tell the version.' : `Version ${cgroupVersion}.`);

const limits = ({ limits: told, selfTest }: HardeningInput): Fact => {
  const off = [
    ...(told.memory && selfTest?.memoryLimited !== false ? [] : ['memory']),
    ...(told.swap ? [] : ['swap']),
    ...(told.processes && selfTest?.processesLimited !== false ? [] : ['processes']),
    ...(told.cpus ? [] : ['CPU']),
  ];
  return off.length === 0
    ? fact('Limits', 'ok', selfTest === null ? 'Memory, swap, processes and CPU, as the engine says.' : 'Memory and processes are enforced, as a container found; swap and CPU, as the engine says.')
    : fact('Limits', 'warning', `Not enforced: ${inWords(off)}. One run can take from the others, or from this machine.`, 'Switch these control groups on for the engine: for a rootless one delegate them to the user, else look at the kernel\'s command line.');
};

const sealing = ({ selfTest }: HardeningInput): Fact => {
  const name = 'Sealed container';
  if (selfTest === null) return fact(name, 'warning', 'Not tried: no container could be run to its end.', 'Mend what is missing above, then ask again.');
  const surprises = [
    ...(selfTest.onlyLoopback ? [] : ['it has a network']),
    ...(selfTest.isAgentUser ? [] : ['it is another user']),
    ...(selfTest.noNewPrivileges ? [] : ['it can gain privileges']),
    ...(selfTest.isFiltered ? [] : ['its system calls are not filtered']),
    ...(selfTest.hasNoCapabilities ? [] : ['it has capabilities']),
  ];
  return surprises.length === 0
    ? fact(name, 'ok', 'Tried one: loopback alone, not root, no capabilities, no new privileges, system calls filtered.')
    : fact(name, 'broken', `Tried one, and ${inWords(surprises)}: runs would not be sealed.`, 'Look at the engine\'s configuration and runtime; use another engine until it is mended.');
};

/** Bits for everybody. */
const OTHERS = 0o006;
const GROUP = 0o060;

const reach = ({ socket, isLocal }: HardeningInput): Fact => {
  const name = 'Who reaches the engine';
  if (socket === null) return fact(name, 'note', 'It is reached over a connection: whoever has its keys is root on its machine.', 'Keep the keys where only you can read them.');
  const mode = (socket.mode & 0o777).toString(8).padStart(3, '0');
  if ((socket.mode & OTHERS) !== 0) return fact(name, 'warning', `${socket.path} is open to every user (mode ${mode}): each of them is root ${isLocal ? 'here' : 'on its machine'}.`, `\`chmod o-rw ${socket.path}\`, and find out what opened it.`);
  if ((socket.mode & GROUP) !== 0) return fact(name, 'note', `${socket.path} (mode ${mode}): its owner and its group, each of whom is as good as root. Containers never get it.`);
  return fact(name, 'ok', `${socket.path} (mode ${mode}): its owner alone. Containers never get it.`);
};

const registries = ({ insecureRegistries }: HardeningInput): Fact =>
  insecureRegistries.length === 0
    ? fact('Registries', 'ok', 'None is trusted without TLS.')
    : fact('Registries', 'warning', `Trusted without TLS: ${insecureRegistries.slice(0, 5).join(', ')}. Whoever is on the way can give you another image.`, 'Remove them from `insecure-registries`, or give them a certificate.');

const storage = ({ storageDriver, fileSystem }: HardeningInput): Fact => {
  const on = fileSystem === null ? '' : ` on ${fileSystem}`;
  if (/^(?:vfs|devicemapper|aufs)$/.test(storageDriver)) return fact('Storage', 'warning', `${storageDriver}${on}: it copies whole images or is out of use; snapshots take long and much space.`, 'Use overlay2.');
  return fact('Storage', 'ok', `${storageDriver}${on}. What a run writes is watched, since this driver sets no limit of its own.`);
};

const restarts = ({ isLiveRestored }: HardeningInput): Fact =>
  isLiveRestored
    ? fact('Restart of the engine', 'ok', 'Containers live on (live-restore).')
    : fact('Restart of the engine', 'note', 'It ends every container: runs under way are lost with it.', 'Set `"live-restore": true` in the engine\'s configuration to have them live on.');

const experimental = ({ isExperimental }: HardeningInput): Fact[] => (isExperimental ? [fact('Experimental features', 'note', 'They are switched on, which nothing here needs.', 'Remove `experimental` from the engine\'s configuration.')] : []);

const defaults = (): Fact => fact('Network and open files', 'ok', "Runs never join the engine's default network: they have loopback alone, and setup a network of its own. Open files are limited to 16,384 whatever the engine's default is; core dumps are off.");

/** How well an engine holds containers in, each fact in plain words with its next step. */
export const hardeningFacts = (input: HardeningInput): Fact[] => [
  sealing(input),
  limits(input),
  seccomp(input),
  mandatoryAccess(input),
  users(input),
  controlGroups(input),
  reach(input),
  registries(input),
  storage(input),
  restarts(input),
  ...experimental(input),
  defaults(),
];
