import { describe, expect, it } from 'vitest';
import { hardeningFacts, type Fact, type HardeningInput } from '../../../src-main/domain/engine/hardening.ts';
import { readSelfTest, type SelfTest } from '../../../src-main/domain/engine/self-test.ts';

const SEALED: SelfTest = { onlyLoopback: true, isAgentUser: true, noNewPrivileges: true, isFiltered: true, hasNoCapabilities: true, memoryLimited: true, processesLimited: true, profile: 'docker-default (enforce)' };
const GOOD: HardeningInput = {
  securityOptions: ['name=seccomp,profile=builtin', 'name=apparmor', 'name=rootless'],
  storageDriver: 'overlay2', fileSystem: 'extfs', cgroupVersion: '2', isLiveRestored: true, isExperimental: false, insecureRegistries: [],
  limits: { memory: true, swap: true, processes: true, cpus: true }, isLocal: true, socket: { path: '/run/user/1000/docker.sock', mode: 0o140_600 }, selfTest: SEALED,
};
const factOf = (name: string, more: Partial<HardeningInput>): Fact => {
  const found = hardeningFacts({ ...GOOD, ...more }).find((fact) => fact.name === name);
  if (found === undefined) throw new Error(`there is no fact called ${name}`);
  return found;
};

it('finds nothing wrong with a good engine', () => {
  expect(hardeningFacts(GOOD).filter(({ state }) => state !== 'ok')).toEqual([]);
});

describe('each fact', () => {
  it.each<[string, string, Partial<HardeningInput>, Fact['state'], RegExp]>([
    ['no seccomp', 'System call filter', { securityOptions: ['name=apparmor'] }, 'warning', /without seccomp/],
    ['seccomp switched off', 'System call filter', { securityOptions: ['name=seccomp,profile=unconfined'] }, 'warning', /without seccomp/],
    ['no mandatory access control', 'AppArmor or SELinux', { securityOptions: ['name=seccomp,profile=builtin'] }, 'note', /one wall less/],
    ['a rootful engine', 'Root in a container', { securityOptions: ['name=seccomp,profile=builtin'] }, 'note', /runs as root/],
    ['a rootful engine elsewhere', 'Root in a container', { securityOptions: [], isLocal: false }, 'note', /machine of its own/],
    ['user namespaces', 'Root in a container', { securityOptions: ['name=userns'] }, 'ok', /nobody outside/],
    ['control groups v1', 'Control groups', { cgroupVersion: '1' }, 'note', /Version 1/],
    ['no limit of processes, it says', 'Limits', { limits: { ...GOOD.limits, processes: false } }, 'warning', /Not enforced: processes\./],
    ['no limit of memory, a container found', 'Limits', { selfTest: { ...SEALED, memoryLimited: false } }, 'warning', /Not enforced: memory\./],
    ['a socket for everybody', 'Who reaches the engine', { socket: { path: '/s', mode: 0o140_666 } }, 'warning', /every user \(mode 666\)/],
    ['a socket for a group', 'Who reaches the engine', { socket: { path: '/s', mode: 0o140_660 } }, 'note', /its group/],
    ['no socket', 'Who reaches the engine', { socket: null }, 'note', /over a connection/],
    ['an insecure registry', 'Registries', { insecureRegistries: ['10.0.0.0/8'] }, 'warning', /10\.0\.0\.0\/8/],
    ['vfs', 'Storage', { storageDriver: 'vfs' }, 'warning', /copies whole images/],
    ['no live-restore', 'Restart of the engine', { isLiveRestored: false }, 'note', /ends every container/],
    ['experimental', 'Experimental features', { isExperimental: true }, 'note', /switched on/],
    ['a container with a network', 'Sealed container', { selfTest: { ...SEALED, onlyLoopback: false, isFiltered: false } }, 'broken', /it has a network and its system calls are not filtered/],
    ['no container at all', 'Sealed container', { selfTest: null }, 'warning', /Not tried/],
  ])('%s', (_case, name, more, state, message) => {
    const fact = factOf(name, more);
    expect(fact).toMatchObject({ state, message: expect.stringMatching(message) });
    if (state === 'warning' || state === 'broken') expect(fact.next).toMatch(/\S/);
  });
});

describe('what the self-test prints', () => {
  const printed = (more: Record<string, string> = {}): string =>
    Object.entries({ interfaces: 'lo', routes: '0', user: '1000', CapEff: '0000000000000000', CapBnd: '0000000000000000', NoNewPrivs: '1', Seccomp: '2', memory: '67108864', processes: '32', profile: 'docker-default (enforce)', done: 'yes', ...more })
      .map(([name, value]) => `${name}=${value}\n`).join('');

  it('is read as it is', () => expect(readSelfTest(printed())).toEqual(SEALED));
  it.each<[string, Record<string, string>, Partial<SelfTest>]>([
    ['another interface', { interfaces: 'eth0 lo' }, { onlyLoopback: false }],
    ['a route', { routes: '1' }, { onlyLoopback: false }],
    ['root', { user: '0' }, { isAgentUser: false }],
    ['a capability in the bounding set', { CapBnd: '00000000a80425fb' }, { hasNoCapabilities: false }],
    ['no filter', { Seccomp: '0' }, { isFiltered: false }],
    ['no memory limit', { memory: 'max' }, { memoryLimited: false }],
    ['the memory limit of control groups v1 that is none', { memory: '9223372036854771712' }, { memoryLimited: false }],
    ['no control group to be read', { processes: 'none' }, { processesLimited: false }],
    ['nobody holds it', { profile: 'unconfined' }, { profile: null }],
  ])('%s', (_case, more, found) => expect(readSelfTest(printed(more))).toEqual({ ...SEALED, ...found }));
  it('is nothing when it did not come to its end', () => expect(readSelfTest('interfaces=lo\n')).toBeNull());
});
