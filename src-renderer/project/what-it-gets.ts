import type { Environment } from '../../src-main/contract/project.ts';

const NETWORK = { off: 'The work has no internet, unless a brief says otherwise.', allowlist: 'New briefs reach the hosts of its allow-list.', full: 'New briefs have full internet.' };

/** What an environment would be given, in plain words. */
export const whatItGets = ({ setup, maintenance, secrets, setupAsRoot, network, inject }: Environment): string[] => {
  const runs = setup.trim() !== '' || maintenance.trim() !== '';
  const names = secrets.map(({ name, file }) => (file === null ? name : `${name} (as ${file})`)).join(', ');
  return [
    runs ? `Its setup script runs with the internet on${setupAsRoot ? ', as root of its container' : ''}.` : 'It has no setup script: nothing runs with the internet on.',
    !runs || names === '' ? 'Setup is given no secret.' : `Setup is given ${names}.`,
    NETWORK[network.mode],
    ...(inject.length === 0 ? [] : [`Drydock adds ${[...new Set(inject.map(({ secret }) => secret))].join(', ')} to requests for ${[...new Set(inject.map(({ host }) => host))].join(', ')}.`]),
  ];
};
