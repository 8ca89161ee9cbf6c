import type { DiskStep } from '../../contract/disk.ts';
import { counted } from '../counted.ts';
import { sizeInWords } from '../size-in-words.ts';

const DAY_MS = 86_400_000;

/** `not used for 40 days`, by the one that was used last. */
const unusedInWords = (snapshots: readonly { readonly unusedSince: number }[], now: number): string => {
  const days = Math.floor((now - Math.max(...snapshots.map(({ unusedSince }) => unusedSince))) / DAY_MS);
  return days < 1 ? '' : ` not used for ${counted(days, 'day')}`;
};

/** What a plan removes, in a few words: `3.2 GiB: 2 snapshots not used for 40 days, 14 logs of landed runs`. '' when it is empty. */
export const planInWords = (steps: readonly DiskStep[], now: number): string => {
  if (steps.length === 0) return '';
  const snapshots = steps.filter((step) => step.kind === 'snapshot');
  const logs = (because: 'landed' | 'removed') => steps.filter((step) => step.kind === 'log' && step.because === because).length;
  const [landed, removed] = [logs('landed'), logs('removed')];
  const images = (because: 'replaced' | 'unneeded') => steps.filter((step) => step.kind === 'image' && step.because === because).length;
  const [replaced, unneeded] = [images('replaced'), images('unneeded')];
  const containers = steps.filter(({ kind }) => kind === 'container').length;
  const objects = steps.filter(({ kind }) => kind === 'objects').length;
  const parts = [
    ...(snapshots.length > 0 ? [`${counted(snapshots.length, 'snapshot')}${unusedInWords(snapshots, now)}`] : []),
    ...(replaced > 0 ? [counted(replaced, 'image of an older Dockerfile', 'images of older Dockerfiles')] : []),
    ...(unneeded > 0 ? [`${counted(unneeded, 'image')} that no project needs`] : []),
    ...(landed > 0 ? [counted(landed, 'log of a landed run', 'logs of landed runs')] : []),
    ...(removed > 0 ? [counted(removed, 'log of a removed brief', 'logs of removed briefs')] : []),
    ...(containers > 0 ? [counted(containers, 'container that was left over', 'containers that were left over')] : []),
    ...(objects > 0 ? [`files of ${counted(objects, 'project')} that no result needs`] : []),
  ];
  const known = steps.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const more = steps.some(({ bytes }) => bytes === null) ? ' or more' : '';
  return `${sizeInWords(known)}${more}: ${parts.join(', ')}`;
};
