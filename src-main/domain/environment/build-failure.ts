import { plainText } from '../plain-text.ts';

const LAST_LINES = 8;
const MOST_CHARACTERS = 160;

/** Follows what a builder says, to tell which step it was at and what was said last. */
export interface BuildTrail {
  push(text: string): void;
  /** Why the image was not made, in words. */
  explain(dockerfile: string, message: string): string;
}

const cut = (line: string): string => (line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS)}…`);

export const createBuildTrail = (): BuildTrail => {
  let step: { readonly number: string; readonly instruction: string } | null = null;
  let last: string[] = [];
  let held = '';
  const take = (line: string): void => {
    const begins = /^Step (\d+)\/\d+ : (.*)$/.exec(line);
    if (begins !== null) {
      const [, number = '', instruction = ''] = begins;
      step = { number, instruction };
      last = [];
    } else if (line.trim() !== '' && !/^ ---> |^Removing intermediate container /.test(line)) last = [...last, line].slice(-LAST_LINES);
  };
  return {
    push: (text) => {
      const lines = (held + text).split(/\r?\n|\r/);
      held = (lines.pop() ?? '').slice(-4_096);
      for (const line of lines) take(plainText(line));
    },
    explain: (dockerfile, message) => {
      if (held !== '') take(plainText(held));
      const where = step === null ? dockerfile : `step ${step.number} of ${dockerfile} (${cut(step.instruction)})`;
      const said = last.length === 0 ? '' : ` Last it said: ${last.map(cut).join(' · ')}`;
      return `The image was not made: ${where} failed: ${cut(plainText(message))}.${said}`;
    },
  };
};
