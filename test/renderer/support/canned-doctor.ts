import type { DoctorReport } from '../../../src-main/contract/endpoints.ts';
import type { EngineStatus } from '../../../src-main/contract/fleet.ts';

/** What the service says about a machine where only the engine may be missing. */
export const cannedDoctor = (engine: EngineStatus): DoctorReport => {
  const items: DoctorReport['items'] = [
    { name: 'Drydock', state: 'ok', message: 'Version 0.1.0, Node 24.0.0.', next: '' },
    { name: 'git', state: 'ok', message: 'Version 2.47.3.', next: '' },
    engine.state === 'up'
      ? { name: 'Container engine', state: 'ok', message: `${engine.source}, version ${engine.version}, 8 CPUs, 16.0 GiB, x86_64.`, next: '' }
      : { name: 'Container engine', state: engine.state === 'down' ? 'missing' : 'warning', message: engine.state === 'down' ? engine.fault.message : 'Being looked for.', next: engine.state === 'down' ? engine.fault.next : 'Ask again in a moment.' },
    engine.state === 'up'
      ? { name: 'Base image', state: 'ok', message: 'drydock/base:latest, 412 MB.', next: '' }
      : { name: 'Base image', state: 'warning', message: 'Not looked at: no engine.', next: 'Start the engine first.' },
    { name: 'Disk', state: 'ok', message: '212.0 GiB free at /home/ada/.local/share/drydock.', next: '' },
  ];
  const hardening: DoctorReport['hardening'] =
    engine.state !== 'up'
      ? []
      : [
          ...(engine.warnings ?? []).map(({ message, next }) => ({ name: 'Known weakness', state: 'warning' as const, message, next })),
          { name: 'Sealed container', state: 'ok', message: 'Tried one: loopback alone, not root, no capabilities, no new privileges, system calls filtered.', next: '' },
          { name: 'AppArmor or SELinux', state: 'note', message: 'Neither is there for containers: one wall less, beside seccomp, capabilities and namespaces.', next: 'On Debian and Ubuntu install apparmor, on Fedora switch SELinux on for the engine; then restart it.' },
        ];
  return { ok: items.every((item) => item.state !== 'missing'), items, hardening };
};
