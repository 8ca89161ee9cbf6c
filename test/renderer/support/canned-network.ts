import { DEFAULT_BUDGET, type FrozenNetwork, type Internet, type NetworkEntry, type NetworkRule } from '../../../src-main/contract/network.ts';
import type { RunState } from '../../../src-main/contract/run.ts';
import type { SealReceipt } from '../../../src-main/contract/secret.ts';
import { cannedFleet, NOW, runIdOf } from './canned.ts';
import { createFakeService, type FakeService } from './fake-service.ts';

export const ruleFor = (host: string, more: Partial<NetworkRule> = {}): NetworkRule => ({ host, port: null, methods: [], path: '', allowPrivate: false, ...more });

export const entryFor = (host: string, more: Partial<NetworkEntry> = {}): NetworkEntry => ({
  at: NOW - 200_000, lastAt: NOW - 90_000, turn: 1, host, port: 443, method: null, path: null, refused: null, wouldNeed: null, count: 1, sentBytes: 1_200, receivedBytes: 48_000, ...more,
});

export const cannedReceipt = (more: Partial<SealReceipt> = {}): SealReceipt => ({
  at: NOW - 255_000, secrets: ['PACKAGES_TOKEN', 'MIRROR_PASSWORD'], forms: ['raw', 'trimmed', 'base64', 'hex', 'percent'], files: 12_408, bytes: 310_000_000, deleted: ['/home/agent/.npmrc', '/home/agent/.netrc', '/home/agent/.bash_history'], found: [], ...more,
});

export const FAILED: RunState = { name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } };

const policyOf = (mode: Internet): FrozenNetwork => ({ mode, presets: [], rules: [ruleFor('packages.example.com', { methods: ['GET', 'HEAD'] }), ruleFor('*.sources.example.org', { path: '/team' })], budget: DEFAULT_BUDGET, inject: [] });

/** Attempts of each outcome; two of the refused can be allowed, one of them behind a name that strangers share. */
export const ENTRIES: readonly NetworkEntry[] = [
  entryFor('packages.example.com', { method: 'GET', path: '/left-pad', count: 214, receivedBytes: 48_000_000 }),
  entryFor('api.example.net', { refused: 'notAllowed', wouldNeed: ruleFor('api.example.net'), count: 3, receivedBytes: 0 }),
  entryFor('gist.github.com', { refused: 'notAllowed', wouldNeed: ruleFor('gist.github.com'), receivedBytes: 0 }),
  entryFor('10.0.0.7', { port: 80, refused: 'notAName', receivedBytes: 0 }),
  entryFor('packages.example.com', { method: 'POST', path: '/publish', refused: 'methodNotAllowed', wouldNeed: ruleFor('packages.example.com', { methods: ['POST'], path: '/publish' }), receivedBytes: 0 }),
];

interface Given {
  readonly mode?: Internet;
  readonly state?: RunState;
  readonly receipt?: SealReceipt;
  readonly entries?: readonly NetworkEntry[];
}

/** Brief 12 with a network, as its run stands in `state`. */
export const networkService = ({ mode = 'allowlist', state, receipt, entries = ENTRIES }: Given = {}): FakeService => {
  const fleet = cannedFleet();
  const id = runIdOf(12);
  fleet.briefs = fleet.briefs.map((brief) => (brief.currentRun === id ? { ...brief, text: { ...brief.text, runsWith: { ...brief.text.runsWith, internet: mode } } } : brief));
  fleet.runs = fleet.runs.map((run) =>
    run.id !== id
      ? run
      : {
          ...run,
          ...(state && { state, endedAt: NOW - 30_000 }),
          order: { ...run.order, network: policyOf(mode), text: { ...run.order.text, runsWith: { ...run.order.text.runsWith, internet: mode } } },
          turns: run.turns.map((turn) => ({ ...turn, snapshot: receipt ? { key: 'k', image: 'i', tree: null, reused: false, receipt } : null })),
        },
  );
  const service = createFakeService(fleet);
  service.network.set(id, [...entries]);
  return service;
};

/** Sealing found a secret: the run failed, and its fault holds the receipt. */
export const secretFound = (): RunState => ({
  name: 'failed',
  phase: 'sealing',
  reason: {
    kind: 'fault',
    fault: {
      code: 'secretFound',
      message: 'Setup left the secret PACKAGES_TOKEN behind in /workspace/.cache/config.json; nothing was sealed.',
      next: 'Have setup delete it at its end, or give the secret as a file, which is gone with setup; then run again.',
      detail: { receipt: cannedReceipt({ found: [{ secret: 'PACKAGES_TOKEN', form: 'base64', place: '/workspace/.cache/config.json' }] }) },
    },
  },
});
