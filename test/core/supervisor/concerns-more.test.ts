import { expect, it } from 'vitest';
import type { FaultCode } from '../../../src-main/contract/fault.ts';
import type { Phase } from '../../../src-main/contract/run.ts';
import { concernsMore } from '../../../src-main/core/supervisor/drive-run.ts';
import { sampleBrief, sampleRun } from '../../support/sample-documents.ts';

const failedIn = (phase: Phase, code: FaultCode) =>
  concernsMore(sampleRun(1, sampleBrief(1), { state: { name: 'failed', phase, reason: { kind: 'fault', fault: { code, message: 'No.', next: 'Mend it.' } } } }));

it.each([
  ['settingUp', 'notFound'],
  ['settingUp', 'secretUnreadable'],
  ['sealing', 'secretFound'],
  ['working', 'policyNotEnforced'],
  ['working', 'serviceFailed'],
  ['checking', 'diskFull'],
] as const)('a fault of %s that the next run would meet too, %s, pauses the queue', (phase, code) => {
  expect(failedIn(phase, code)).toMatchObject({ code });
});

it.each([
  ['working', 'notFound'],
  ['working', 'imageMissing'],
  ['preparing', 'baseNotFound'],
  ['collecting', 'tooLarge'],
  ['checking', 'serviceFailed'],
] as const)('a fault of %s that is about this run alone, %s, does not', (phase, code) => {
  expect(failedIn(phase, code)).toBeNull();
});
