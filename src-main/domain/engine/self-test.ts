import { AGENT_USER, LABEL, PLAIN, type ContainerSpec } from '../container-spec.ts';

/** The container that shows what the engine really enforces: as sealed as a run's work. Its phase is how leftovers are found. */
export const SELF_TEST_PHASE = 'self-test';
const LIMITS = { cpus: 1, memoryBytes: 64 * 2 ** 20, processes: 32 };

/** Prints `name=value` lines. Only what every shell has: it may not fail for want of a program. */
const SCRIPT = String.raw`
say() { printf '%s=%s\n' "$1" "$2"; }
first() { for file in "$@"; do if [ -r "$file" ]; then read -r line < "$file" || true; echo "$line"; return; fi; done; echo none; }
say interfaces "$(echo /sys/class/net/* | sed 's:/sys/class/net/::g')"
say routes "$(($(wc -l < /proc/net/route) - 1))"
say user "$(id -u)"
while IFS=':	' read -r name value rest; do case $name in NoNewPrivs|Seccomp|CapEff|CapBnd) say "$name" "$value";; esac; done < /proc/self/status
say memory "$(first /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes)"
say processes "$(first /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max)"
say profile "$(first /proc/self/attr/current)"
say done yes
`;

/** The container of the self-test, of a name of its own. */
export const selfTestSpec = (image: string, owner: string, name: string): ContainerSpec => ({
  ...PLAIN,
  name,
  image,
  command: ['/bin/sh', '-c', SCRIPT],
  user: AGENT_USER,
  workingDirectory: '/',
  environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  labels: { [LABEL.owner]: owner, [LABEL.phase]: SELF_TEST_PHASE },
  network: 'none',
  limits: LIMITS,
  keepsLog: false,
});

/** What a container that was started like a run's found around it. */
export interface SelfTest {
  readonly onlyLoopback: boolean;
  readonly isAgentUser: boolean;
  readonly noNewPrivileges: boolean;
  readonly isFiltered: boolean;
  readonly hasNoCapabilities: boolean;
  readonly memoryLimited: boolean;
  readonly processesLimited: boolean;
  /** AppArmor's or SELinux's name for it; null: neither holds it. */
  readonly profile: string | null;
}

const isZero = (hexadecimal: string | undefined): boolean => hexadecimal !== undefined && /^0+$/.test(hexadecimal);

/** Reads what the self-test printed; null: it did not come to its end. */
export const readSelfTest = (printed: string): SelfTest | null => {
  const found = new Map(printed.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replaceAll('\0', '').trim()]));
  if (found.get('done') !== 'yes') return null;
  const isWithin = (name: string, most: number): boolean => /^\d+$/.test(found.get(name) ?? '') && Number(found.get(name)) <= most;
  const profile = found.get('profile') ?? '';
  return {
    onlyLoopback: found.get('interfaces') === 'lo' && found.get('routes') === '0',
    isAgentUser: found.get('user') === AGENT_USER.split(':')[0],
    noNewPrivileges: found.get('NoNewPrivs') === '1',
    isFiltered: found.get('Seccomp') === '2',
    hasNoCapabilities: isZero(found.get('CapEff')) && isZero(found.get('CapBnd')),
    memoryLimited: isWithin('memory', LIMITS.memoryBytes),
    processesLimited: isWithin('processes', LIMITS.processes),
    profile: profile === '' || profile === 'none' || profile === 'kernel' || profile.startsWith('unconfined') ? null : profile,
  };
};
