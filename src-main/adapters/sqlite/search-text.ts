import { progress, run } from '../../contract/run.ts';

/** Most characters of one run's text that are indexed: a pasted megabyte of context is not worth its index. */
const BODY_LIMIT = 65_536;

const parse = (json: string | null): unknown => {
  try {
    return json === null ? null : JSON.parse(json);
  } catch {
    return null;
  }
};

/** What a run can be found by. A damaged row is found by its number only. */
export const searchText = (number: number, document: string, progressDocument: string | null) => {
  const parsed = run.safeParse(parse(document));
  const moving = progress.safeParse(parse(progressDocument));
  if (!parsed.success) return { title: `#${number}`, body: '', output: '' };
  const { text } = parsed.data.order;
  const findings = parsed.data.turns.flatMap((turn) => turn.result?.findings.map((finding) => `${finding.path ?? ''} ${finding.message}`) ?? []);
  return {
    title: `#${number} ${text.goal}`,
    body: [text.context, text.constraints, text.runsWith.command, text.stopCondition, ...text.criteria, ...text.labels, ...text.checks.map((check) => check.command)]
      .join('\n')
      .slice(0, BODY_LIMIT),
    output: [moving.success ? moving.data.lastLine : '', ...findings].join('\n').slice(0, BODY_LIMIT),
  };
};
