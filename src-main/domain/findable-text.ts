import type { Run } from '../contract/run.ts';
import { plainText } from './plain-text.ts';
import { reasonInWords } from './words.ts';

/** Most characters of what people wrote that are kept: a pasted megabyte of context is not worth its index. */
const WRITTEN_LIMIT = 65_536;
/** Most bytes of a log's end that are kept. */
export const TAIL_BYTES = 65_536;

/** What a run can be found by, without control characters. */
export interface FindableText {
  readonly title: string;
  /** What people wrote: the brief, its commands, remarks on the result. */
  readonly body: string;
  /** What came of it: the failure, findings, the end of the log. */
  readonly output: string;
}

/** `number`: the brief's; `tail`: the end of the log, plain. */
export const findableText = (number: number, run: Run, log: { readonly lastLine: string; readonly tail: string }): FindableText => {
  const { text } = run.order;
  const findings = run.turns.flatMap((turn) => turn.result?.findings.map((finding) => `${finding.path ?? ''} ${finding.message}`) ?? []);
  const written = [
    text.context, text.constraints, text.runsWith.command, text.stopCondition, ...text.criteria, ...text.labels,
    ...text.checks.map((check) => check.command), ...run.comments.map((comment) => `${comment.path} ${comment.text}`),
  ];
  const came = [run.state.name === 'failed' ? reasonInWords(run.state.reason) : '', ...findings].join('\n').slice(0, WRITTEN_LIMIT);
  return {
    title: plainText(`#${number} ${text.goal}`),
    // What is short goes first, so that a long context pushes nothing out.
    body: plainText(written.toSorted((one, other) => one.length - other.length).join('\n').slice(0, WRITTEN_LIMIT)),
    output: plainText([came, log.lastLine, log.tail.slice(-TAIL_BYTES)].join('\n')),
  };
};
