import type { BriefText } from '../../../src-main/contract/brief.ts';
import type { LandingTarget } from '../../../src-main/contract/landing.ts';

/** What the landing dialog holds: every kind keeps what was typed for it. */
export interface LandingForm {
  readonly kind: LandingTarget['kind'];
  readonly branch: string;
  /** '': the commit that the run started from. */
  readonly onto: string;
  /** null: the one that the preview proposes. */
  readonly message: string | null;
  readonly overwriteChanged: boolean;
  readonly file: string;
}

/** A branch name made of the brief's number and goal: what git accepts in every ref. */
export const branchNameFor = (number: number, title: string): string => {
  const words = title.toLowerCase().normalize('NFKD').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `drydock/${number}${words === '' ? '' : `-${words.slice(0, 48).replace(/-+$/, '')}`}`;
};

export const initialForm = (number: number, title: string, output: BriefText['output'], onto: string): LandingForm => ({
  kind: output.includes('patch') && !output.includes('branch') ? 'patch' : 'branch',
  branch: branchNameFor(number, title),
  onto,
  message: null,
  overwriteChanged: false,
  file: '',
});

/** The target that the form stands for, or null while something is missing. */
export const targetOf = (form: LandingForm): LandingTarget | null => {
  switch (form.kind) {
    case 'branch':
      return form.branch.trim() === '' ? null : { kind: 'branch', name: form.branch.trim(), onto: form.onto || null, message: form.message ?? '' };
    case 'workingTree':
      return { kind: 'workingTree', overwriteChanged: form.overwriteChanged };
    case 'patch':
      return { kind: 'patch', file: form.file.trim() || null };
  }
};
