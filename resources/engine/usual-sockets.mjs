import { join } from 'node:path';

/** Where engines listen when nobody says otherwise, per platform, the likeliest first. */
export function usualSockets({ env, home, platform, uid, root }) {
  const system = (path) => join(root, path);
  if (platform === 'win32') {
    return [
      { source: 'Docker Desktop', path: '//./pipe/docker_engine' },
      { source: 'Docker Desktop', path: '//./pipe/dockerDesktopLinuxEngine' },
      { source: 'Podman machine', path: '//./pipe/podman-machine-default' },
    ];
  }
  const colima = env.COLIMA_HOME || join(home, '.colima');
  const own = [
    { source: 'Docker Desktop', path: join(home, '.docker/run/docker.sock') },
    { source: 'Docker Desktop', path: join(home, '.docker/desktop/docker.sock') },
    { source: 'Colima', path: join(colima, 'default/docker.sock') },
    { source: 'Colima', path: join(env.XDG_CONFIG_HOME || join(home, '.config'), 'colima/default/docker.sock') },
    { source: 'OrbStack', path: join(home, '.orbstack/run/docker.sock') },
    { source: 'Rancher Desktop', path: join(home, '.rd/docker.sock') },
    { source: 'Lima', path: join(home, '.lima/docker/sock/docker.sock') },
  ];
  const docker = { source: 'Docker', path: system('/var/run/docker.sock') };
  if (platform === 'darwin') {
    const machine = join(home, '.local/share/containers/podman/machine');
    return [
      docker,
      ...own,
      ...(env.TMPDIR
        ? [{ source: 'Podman machine', path: join(env.TMPDIR, 'podman/podman-machine-default-api.sock') }]
        : []),
      { source: 'Podman machine', path: join(machine, 'podman.sock') },
      { source: 'Podman machine', path: join(machine, 'qemu/podman.sock') },
    ];
  }
  const runtime = env.XDG_RUNTIME_DIR || (uid >= 0 ? system(`/run/user/${uid}`) : undefined);
  const inRuntime = (source, path) => (runtime === undefined ? [] : [{ source, path: join(runtime, path) }]);
  return [
    docker,
    ...inRuntime('rootless Docker', 'docker.sock'),
    ...own,
    ...inRuntime('rootless Podman', 'podman/podman.sock'),
    { source: 'Podman', path: system('/run/podman/podman.sock') },
  ];
}
