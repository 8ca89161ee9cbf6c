/** The one thing to do next on this machine, as a sentence, after everything in `tried` did not answer. */
export function nextStep({ platform, uid }, tried, chosen) {
  const [only] = tried;
  if (chosen !== undefined && only !== undefined) {
    return `${chosen} points to ${only.where}: ${only.problem}. Start that engine, or unset ${chosen} to use another one.`;
  }
  const forbidden = tried.find(({ problem }) => problem.includes('permission denied'));
  if (forbidden !== undefined && platform === 'linux') {
    return `${forbidden.source} runs, but you may not use ${forbidden.where}: run \`sudo usermod -aG docker "$USER"\`, then sign out and in again.`;
  }
  const hung = tried.find(({ problem }) => problem.startsWith('no answer within'));
  if (hung !== undefined) return `${hung.source} at ${hung.where} accepts connections but does not answer: restart it.`;
  const stopped = tried.find(({ problem }) => problem.includes('refused'));
  switch (platform) {
    case 'darwin':
    case 'win32':
      if (stopped !== undefined) return `${stopped.source} is installed but stopped: start it.`;
      return platform === 'darwin'
        ? 'Start Docker Desktop, OrbStack, Rancher Desktop, Colima (`colima start`) or Podman (`podman machine start`), or install one of them.'
        : 'Start Docker Desktop, Rancher Desktop or Podman (`podman machine start`), or install one of them.';
    default:
      if (stopped !== undefined)
        return `${stopped.source} is installed but stopped: run \`sudo systemctl start docker\`, or start it the way your system does.`;
      return uid === 0
        ? 'Install Docker (on Debian and Ubuntu: `apt-get install docker.io`) and start `dockerd`.'
        : 'Install Docker (on Debian and Ubuntu: `sudo apt-get install docker.io`) or rootless Podman, and start it.';
  }
}
