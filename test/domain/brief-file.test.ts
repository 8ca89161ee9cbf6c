import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefText, type BriefText } from '../../src-main/contract/brief.ts';
import { parseBriefFile, writeBriefFile } from '../../src-main/domain/brief-file.ts';

const parsed = (markdown: string): BriefText => {
  const answer = parseBriefFile(markdown);
  if (!answer.ok) throw new Error(answer.fault.message);
  return answer.text;
};
const problem = (markdown: string): string => {
  const answer = parseBriefFile(markdown);
  return answer.ok ? '' : answer.fault.message;
};

const prose = fc.oneof(
  fc.string({ maxLength: 60 }).map((text) => text.replaceAll('\r', '')),
  fc.constantFrom('', '## Goal', '\\## Context', 'a\n\n## Stop when\nb\n', '---\n', '\n\nx', 'x\n\n\n', '# Heading\n- list', '\uFEFF'),
);

const anyBrief: fc.Arbitrary<BriefText> = fc
  .record({
    goal: prose,
    context: prose,
    constraints: prose,
    stopCondition: prose,
    checks: fc.array(fc.record({ command: fc.string({ minLength: 1, maxLength: 30 }), timeoutSeconds: fc.integer({ min: 1, max: 900 }) }), { maxLength: 3 }),
    criteria: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 3 }),
    labels: fc.array(fc.string({ minLength: 1, maxLength: 10 }), { maxLength: 2 }),
    runsWith: fc.record({ command: fc.string({ maxLength: 40 }) }),
  })
  .map((parts) => briefText.parse(parts));

describe('brief files', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(anyBrief, (text) => {
        expect(parsed(writeBriefFile(text))).toEqual(text);
      }),
      { numRuns: 500 },
    );
  });

  it('may be plain text: the first line is the goal', () => {
    const text = parsed('# Fix the parser\n\nIt drops the last line.\n');
    expect([text.goal, text.context]).toEqual(['Fix the parser', 'It drops the last line.']);
  });

  it('understand Windows line ends', () => {
    expect(parsed('---\r\nlabels: [x]\r\n---\r\n\r\n## Goal\r\n\r\nDo it.\r\n').goal).toBe('Do it.');
  });

  it.each([
    ['an unknown field', '---\npriorty: 3\n---\n', 'priorty'],
    ['a wrong type', '---\ntimeBudgetMinutes: soon\n---\n', 'timeBudgetMinutes'],
    ['a folder that leads out', '---\nscope:\n  workingDirectory: ../x\n---\n', 'workingDirectory'],
    ['front matter without an end', '---\nlabels: []\n', 'no end'],
    ['broken YAML', '---\nlabels: [\n---\n', 'no brief that can be read'],
    ['a newer format', '---\ndrydock: 2\n---\n', 'drydock'],
    ['aliases', '---\nlabels: &a [x]\noutput: *a\n---\n', 'aliases'],
    // In pairs they would be compared for minutes.
    ['a flood of fields', `---\n${Array.from({ length: 100_000 }, (_, at) => `k${at}: 1\n`).join('')}---\n`, 'far more fields'],
    ['a section twice', '## Goal\na\n## Goal\nb\n', 'twice'],
  ])('refuse %s by name', (_what, file, words) => {
    expect(problem(file)).toContain(words);
  });

  it.each([
    ['priorty: 3', 'line 2: priorty: there is no such field.'],
    ['timeBudgetMinutes: soon', 'line 2: timeBudgetMinutes must be a number.'],
    ['output: [branch, mail]', 'line 2: output.1 must be patch, branch, pullRequest or report.'],
    ['runsWith: { variants: 99, base: { kind: tag } }', 'line 2: runsWith.base.kind is none of those there are; runsWith.variants must be at most 16.'],
    ['checks: [{ timeoutSeconds: 1.5 }]', 'line 2: checks.0.command is missing; checks.0.timeoutSeconds must be a whole number.'],
    ['labels: ["", x]', 'line 2: labels.0 must not be empty.'],
    [`labels: [${'x'.repeat(65)}]`, 'line 2: labels.0 must have at most 64 characters.'],
    ['goal: x', 'line 2: goal: there is no such field.'],
    ['labels: x\nlabels: y', 'line 3: a field stands twice.'],
    ['runsWith:\n\tcommand: x', 'line 3: it is indented by a tab, where only spaces can be.'],
  ])('say in plain words what is wrong with %s', (front, words) => {
    expect(problem(`---\n${front}\n---\n\n## Goal\n\nx\n`)).toContain(words);
  });

  it.each([
    ['---\nlabels: [x]\ntimeBudgetMinutes: soon\n---\n', 3],
    ['---\nscope:\n  inPlay: [a]\n  workingDirectory: ../x\n---\n', 4],
    ['---\nlabels: [\n---\n\n## Goal\n', 3],
    ['---\nchecks:\n  - command: a\n  - command: b\n    timeoutSeconds: 0\n---\n', 5],
  ])('name the line that is wrong', (file, line) => {
    const answer = parseBriefFile(file);
    expect(answer.ok ? null : answer.fault.detail).toEqual({ line });
    expect(problem(file)).toContain(`line ${line}: `);
  });

  it('cannot reach prototypes', () => {
    expect(problem('---\n__proto__: {polluted: true}\n---\n')).not.toBe('');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
