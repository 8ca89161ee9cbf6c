import type { Page } from 'playwright';
import { briefIdOf, NOW, objectOf, runIdOf } from '../../renderer/support/canned.ts';
import { CODE, cannedComment, hunksOf, manyFiles, REVIEW, REVIEWED, serviceWithResult, SIDES, text, type ReviewOptions, type Sides } from '../../renderer/support/canned-review.ts';
import type { FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const shown = (page: Page, path: string): Promise<unknown> => page.locator(`[data-shown="${path}"]`).waitFor();
const open = async (page: Page, path: string): Promise<unknown> => {
  await page.locator(`[data-file="${path}"]`).click();
  return shown(page, path);
};
const openCode = async (page: Page): Promise<unknown> => {
  await open(page, CODE);
  return page.locator('[data-hunk="1"]').waitFor();
};

/** A result that is open in its review. */
const state = (name: string, title: string, options: ReviewOptions, ready: GalleryState['ready']): GalleryState => ({ name: `review-${name}`, title, hash: REVIEW, service: () => serviceWithResult(options), ready });

const ofFile = (name: string, title: string, path: string): GalleryState => state(name, title, {}, (page) => open(page, path));

const HOSTILE: readonly Sides[] = [
  { path: 'src/\u202egpj.exe', before: null, after: text('one'), lines: [1, 0] },
  { path: 'src/a\nb\tc\u001b[31m.ts', before: null, after: text('const a = 1;'), lines: [1, 0] },
  { path: '<img src=x onerror=alert(1)>.html', before: null, after: text('<p>text</p>'), lines: [1, 0] },
  { path: 'مجلد/ملف التجربة.ts', before: null, after: text('const x = 1;'), lines: [1, 0] },
  { path: `deep/${'very-long-folder-name-that-goes-on/'.repeat(6)}${'x'.repeat(120)}.ts`, before: text('old'), after: text('new'), lines: [1, 1] },
  { path: 'emoji 🚢/⚓️.md', before: null, after: text('# ⚓️'), lines: [1, 0] },
];

const INVISIBLE: readonly Sides[] = [{ path: 'src/login.ts', before: text('const isAdmin = false;'), after: text('const isAdmin = false;', 'const is\u200bAdmin = true;', "if (level !== 'user\u202e \u2066// admins only\u2069 \u2066') {", '}', "const pаypal = 'a Cyrillic a';"), lines: [4, 0] }];

const MANY_FINDINGS: ReviewOptions['findings'] = [
  { kind: 'secret', path: CODE, message: 'It looks like the key of a cloud.', line: 12 },
  { kind: 'runsOnYourMachine', path: 'scripts/run.sh', message: 'scripts/run.sh became executable.' },
  { kind: 'weakenedTest', path: 'test/client.test.ts', message: 'toEqual became toBeTruthy.', line: 2 },
  { kind: 'skippedTest', path: 'test/client.test.ts', message: 'A test is skipped: it.skip.', line: 1 },
  { kind: 'invisibleCharacter', path: 'README.md', message: 'U+200B, a space without width.', line: 3 },
  { kind: 'dependency', path: 'package.json', message: 'left-pad 1.3.0 came in.' },
  ...Array.from({ length: 14 }, (_, at) => ({ kind: 'outOfScope' as const, path: `docs/page-${at}.md`, message: `docs/page-${at}.md is outside of the scope.` })),
  { kind: 'largeFile', path: 'data/model.bin', message: 'data/model.bin has 1.0 MiB.' },
  { kind: 'binary', path: 'data/model.bin', message: 'data/model.bin is binary.' },
  { kind: 'leftOut', path: 'node_modules', message: 'node_modules is ignored by git and was left out.' },
];

const FAR = (word: string): string => `  { name: 'retry', described: 'Calls a service again when it did not answer, as often as its caller has said', whenItIsToBeCalled: '${word}' },`;
const FAR_RIGHT: readonly Sides[] = [{ path: 'src/table.ts', before: text('export const TABLE = [', FAR('never'), '];'), after: text('export const TABLE = [', FAR('always'), '];'), lines: [1, 1] }];

const dialog = async (page: Page, kind?: string): Promise<void> => {
  await openCode(page);
  await page.keyboard.press('a');
  if (kind !== undefined) await page.getByLabel(kind).check();
  await page.getByTestId('preview').waitFor();
};

const withPreview = (name: string, title: string, preview: object, kind?: string): GalleryState => ({
  ...state(name, title, {}, (page) => dialog(page, kind)),
  service: () => {
    const service = serviceWithResult();
    Object.assign(service.review.preview, preview);
    return service;
  },
});

const overlapping = (options: ReviewOptions): FakeService => {
  const service = serviceWithResult(options);
  service.feed.state.overlaps[briefIdOf(REVIEWED)] = [
    { briefId: briefIdOf(9), number: 9, kind: 'files', count: 3, paths: [CODE, 'README.md', 'src/legacy.js'] },
    { briefId: briefIdOf(12), number: 12, kind: 'scope', count: 1, paths: ['src/http/retry.ts'] },
  ];
  return service;
};

export const reviewStates: readonly GalleryState[] = [
  state('result', 'A result: files, diff by hunks, evidence', {}, openCode),
  state('inline', 'Inline', {}, async (page) => {
    await openCode(page);
    await page.keyboard.press('s');
    await page.locator('.view-lines.line-delete').first().waitFor();
  }),
  state('comment-open', 'A comment is being written', { run: { comments: [cannedComment(1, CODE, 9, 13, 'Why three times, and not as often as the caller says?\nSee the brief.'), cannedComment(2, 'README.md', 3, 3, 'Good.')] } }, async (page) => {
    await openCode(page);
    await page.keyboard.press('n');
    await page.keyboard.press('c');
    await page.keyboard.type('This belongs into the constructor of the service.');
  }),
  state('hunk-excluded', 'Two hunks are taken out, and a file', { run: { excludedHunks: { [CODE]: hunksOf(CODE).slice(2, 4) }, excluded: ['README.md'] } }, openCode),
  state('inline-excluded', 'Two hunks are taken out, in one column', { run: { excludedHunks: { [CODE]: hunksOf(CODE).slice(2, 4) } } }, async (page) => {
    await openCode(page);
    await page.keyboard.press('s');
    await page.locator('.view-lines.out-removed').first().waitFor();
  }),
  state('far-right', 'The only changed word is far to the right', { sides: FAR_RIGHT }, (page) => page.locator('[data-hunk="1"]').waitFor()),
  state('more', 'More decisions', {}, async (page) => {
    await openCode(page);
    await page.keyboard.press('m');
    await page.getByRole('menuitem').first().waitFor();
  }),
  state('viewed', 'Most files were looked at, a criterion is met', { run: { criteriaMet: [0], viewed: Object.fromEntries(SIDES.slice(1, 6).map(({ path, after, before }) => [path, objectOf((after ?? before)?.toString('base64') ?? '')])) } }, openCode),
  state('checks-failed', 'A check fails; its output is open', { checked: 'failed' }, async (page) => {
    await openCode(page);
    await page.keyboard.press('e');
    await page.locator('.check-output').waitFor();
  }),
  state('not-checked', 'Nothing was checked yet', { checked: 'no' }, openCode),
  { ...state('engine-down', 'No engine: reading works', { checked: 'no' }, openCode), service: () => {
    const service = serviceWithResult({ checked: 'no' });
    service.feed.state.engine = { state: 'down', since: NOW - 400_000, fault: { code: 'engineUnavailable', message: 'No container engine answers.', next: 'Start Docker or Podman.' } };
    return service;
  } },
  state('checking', 'The checks run on a selection', { run: { excluded: ['README.md'], state: { name: 'checking', container: 'c1', recheck: { tree: objectOf('selected'), before: { name: 'reviewable' }, endedAt: NOW - 30_000 } } } }, openCode),
  state('findings-many', 'Findings of all kinds', { findings: MANY_FINDINGS }, openCode),
  state('files-2000', 'Two thousand files', { sides: manyFiles(2_000) }, (page) => page.locator('[data-hunk="1"]').waitFor()),
  state('paths-hostile', 'Hostile, long and right-to-left paths', { sides: HOSTILE, goal: '\u202eevil \u001b[31mtitle' }, (page) => page.locator('.hunk-bar').first().waitFor()),
  state('invisible', 'Invisible characters', { sides: INVISIBLE }, async (page) => {
    await page.locator('[data-hunk="1"]').waitFor();
    await page.locator('.unicode-highlight').first().waitFor();
  }),
  ofFile('image', 'A picture before and after', 'test/shots/start.png'),
  ofFile('not-an-image', 'A picture that is none', 'test/shots/broken.png'),
  ofFile('binary', 'A binary file', 'data/model.bin'),
  ofFile('link', 'A symbolic link', 'current'),
  ofFile('submodule', 'A submodule', 'vendor/lib'),
  ofFile('mode', 'Only the mode changed', 'scripts/run.sh'),
  state('empty-file', 'An empty file', {}, async (page) => {
    await openCode(page);
    // The last of the list, which is not drawn while it is out of sight.
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await shown(page, 'empty.txt');
  }),
  state('large', 'Too large to show', { sides: [{ path: 'big.json', before: null, after: Buffer.alloc(6_000_000, 'a\n') }] }, (page) => page.getByText('Too large to show').waitFor()),
  state('filtered', 'A filter that leaves nothing', {}, async (page) => {
    await openCode(page);
    await page.getByLabel('Filter files').fill('nowhere');
    await page.getByText('No file is like that.').waitFor();
  }),
  state('tried', 'A private clone is ready', {}, async (page) => {
    await openCode(page);
    await page.keyboard.press('t');
    await page.getByText('A private clone of what is selected').waitFor();
  }),
  state('landing', 'What landing will change', {}, (page) => dialog(page)),
  { ...state('landing-doubts', 'A check fails, something is left out, and another card is met', { checked: 'failed' }, async (page) => {
    await dialog(page);
    await page.getByRole('textbox', { name: 'Message' }).focus();
  }), service: () => overlapping({ checked: 'failed', run: { excludedHunks: { 'README.md': hunksOf('README.md') } } }) },
  { ...state('overlap', 'Another card has changed the same files', {}, openCode), service: () => overlapping({}) },
  withPreview('landing-conflict', 'Landing conflicts with a base that moved', {
    conflicts: [CODE, 'README.md', 'src/legacy.js'],
    clashes: [
      { path: CODE, there: 'modify', here: 'modify', parts: [{ there: '  constructor(private readonly address: string, private readonly timeout = 5_000) {}', here: '  constructor(private readonly address: string, private readonly times = 3) {}' }, { there: '', here: '  // Responses are received in order.' }] },
      { path: 'README.md', there: 'modify', here: 'modify', parts: [{ there: 'A client.', here: 'The client.' }] },
      { path: 'src/legacy.js', there: 'modify', here: 'delete', parts: [] },
    ],
  }),
  withPreview('landing-onto', 'Landing merges onto another branch', { notes: ['main has moved on by 4 commits since the run started.'] }),
  { ...state('landing-elsewhere', 'The same files are landed on another branch', {}, (page) => dialog(page)), service: () => {
    const service = serviceWithResult();
    service.feed.state.overlaps[briefIdOf(REVIEWED)] = [{ briefId: briefIdOf(9), number: 9, kind: 'files', count: 1, paths: [CODE], landedOn: 'drydock/9-typo-sweep' }];
    return service;
  } },
  withPreview('landing-dirty', 'The working tree has changes in the way', {}, 'Working tree'),
  { ...state('landed', 'Landed on a branch', {}, openCode), service: () => {
    const service = serviceWithResult({ run: { landed: [{ landing: `lnd_${'0'.repeat(12)}` as never, how: 'branch drydock/31-add-retries-to-the-http-client', commit: objectOf('landing'), at: NOW - 20_000 }] } });
    const brief = service.feed.state.briefs.find(({ number }) => number === REVIEWED);
    if (brief) brief.decision = 'landed';
    return service;
  } },
  { ...state('running', 'The run still works: what it touched so far', {}, async (page) => {
    await page.getByText('So far: 3 files touched').waitFor();
    await shown(page, CODE);
    await page.locator('.line-insert').first().waitFor();
  }), service: () => {
    const service = serviceWithResult();
    const run = service.feed.state.runs.find((each) => each.id === runIdOf(REVIEWED))!;
    service.putRun({ ...run, state: { name: 'working', container: 'c1' }, endedAt: null, turns: [{ ...run.turns[0]!, result: null, checks: [] }] });
    const live = SIDES.slice(0, 4).filter(({ after }) => after !== null);
    service.review.live.set(run.id, {
      changes: { at: Date.now(), truncated: false, files: live.map(({ path, before, after }) => ({ path, kind: before === null ? 'added' : 'modified', size: after?.length ?? 0 })) },
      content: (path) => {
        const file = live.find((each) => each.path === path);
        return { base: file?.before ?? null, now: file?.after ?? null };
      },
    });
    return service;
  } },
  state('failed-partial', 'Failed, with what it had done until then', { checked: 'no', run: { state: { name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 137, outOfMemory: true } } } }, openCode),
  { ...state('failed', 'Failed without a result', {}, (page) => page.getByLabel('Last lines of the log').waitFor()), hash: `#/brief/${briefIdOf(8)}/review`, service: () => {
    const service = serviceWithResult();
    service.writeLog(runIdOf(8), `npm ci\n${'npm http fetch GET 200 https://packages.example/left-pad 12ms\n'.repeat(12)}\x1b[31mnpm ERR!\x1b[0m code ENOTFOUND\n\x1b[31mnpm ERR!\x1b[0m network request to the registry failed: ${'a reason that goes on '.repeat(12)}\n`, 'setup', true);
    return service;
  } },
  { ...state('no-changes', 'Nothing was changed', {}, (page) => page.getByRole('heading', { name: 'No changes' }).waitFor()), hash: `#/brief/${briefIdOf(7)}/review` },
  { ...state('queued', 'Waits for its turn', {}, (page) => page.getByText('Every slot is taken').waitFor()), hash: `#/brief/${briefIdOf(17)}/review` },
  { ...state('not-started', 'Never launched', {}, (page) => page.getByText('The brief has not run').waitFor()), hash: `#/brief/${briefIdOf(21)}/review` },
  { ...state('setting-up', 'Being set up', {}, (page) => page.getByText('The environment is being set up').waitFor()), hash: `#/brief/${briefIdOf(14)}/review` },
];
