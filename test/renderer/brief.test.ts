import { describe, expect, it } from 'vitest';
import { briefIdOf, projectIdOf } from './support/canned.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const BRIEF = `#/brief/${briefIdOf(21)}/brief`;

describe('the brief', () => {
  it('is saved as it is typed', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('Parse nested quotes');
    await page.getByLabel('In play').fill('src/**\n\ntest/**');
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.text).toMatchObject({ goal: 'Parse nested quotes', scope: { inPlay: ['src/**', 'test/**'] } });
    await page.getByTestId('save-state').getByText('Saved').waitFor();
    expect(await page.getByLabel('In play').inputValue()).toBe('src/**\n\ntest/**');
  });

  it('loses nothing when the service goes away and the page is reloaded', async () => {
    const { page, service, server } = await openWindow(BRIEF);
    await page.getByLabel('Goal').waitFor();
    server.cut(true);
    await page.getByText('Reconnecting…').waitFor();
    await page.getByLabel('Goal').fill('Typed while away');
    await page.reload();
    server.accept();
    await expect.poll(() => page.getByLabel('Goal').inputValue().catch(() => '')).toBe('Typed while away');
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.text.goal).toBe('Typed while away');
  });

  it('keeps the focus and the text through a reconnection', async () => {
    const { page, service, server } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('before');
    server.cut();
    await page.keyboard.type(' and after');
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.text.goal).toBe('before and after');
    expect(await page.getByLabel('Goal').inputValue()).toBe('before and after');
  });

  it('shows what is missing, and launches as soon as it could start', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Command', { exact: true }).fill('');
    await page.getByText('Script mode needs the command to run.').waitFor();
    expect(await page.getByRole('button', { name: 'Launch' }).isDisabled()).toBe(true);
    await page.getByLabel('Command', { exact: true }).fill('true');
    await page.getByRole('button', { name: 'Launch' }).click();
    await page.getByText('No output yet.').or(page.getByText('There was no output.')).waitFor();
    const brief = service.feed.state.briefs.find((each) => each.number === 21);
    expect(brief?.text.runsWith.command).toBe('true');
    expect(brief?.currentRun).not.toBeNull();
  });

  it('offers the repository’s own checks and its branches', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('button', { name: 'npm run lint' }).click();
    await page.getByLabel('Base').selectOption({ label: 'release/2.x' });
    await page.getByLabel('Expected').last().selectOption('failsThenPasses');
    await expect.poll(() => service.feed.state.briefs.find((brief) => brief.number === 21)?.text).toMatchObject({
      runsWith: { base: { kind: 'branch', name: 'release/2.x' } },
      checks: [{}, {}, { command: 'npm run lint', expect: 'failsThenPasses' }],
    });
  });

  it('is exported and read back', async () => {
    const { page } = await openWindow(BRIEF);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('brief-21.md');
    await page.getByLabel('Goal').fill('Something else');
    await page.locator('input[type=file]').setInputFiles(await file.path());
    await expect.poll(() => page.getByLabel('Goal').inputValue()).toBe('Fix the parser for nested quotes');
    await page.locator('input[type=file]').setInputFiles({ name: 'bad.md', mimeType: 'text/markdown', buffer: Buffer.from('---\ncolour: red\n---\n') });
    await page.getByRole('alert').getByText('This is no brief that can be read').waitFor();
  });

  it('that is new is kept until it is in the backlog', async () => {
    const { page, service } = await openWindow(`#/brief/new/${projectIdOf('api')}`);
    await page.getByLabel('Goal').fill('A new wish');
    await page.reload();
    expect(await page.getByLabel('Goal').inputValue()).toBe('A new wish');
    await page.getByRole('button', { name: 'Add to backlog' }).click();
    await page.locator('[data-column="backlog"]').getByText('A new wish').waitFor();
    expect(service.feed.state.briefs.at(-1)?.text.goal).toBe('A new wish');
  });

  it('that is new can be for another project', async () => {
    const { page, service } = await openWindow(`#/brief/new/${projectIdOf('api')}`);
    await page.getByLabel('Project').selectOption({ label: 'sample' });
    await page.getByLabel('Goal').fill('A wish elsewhere');
    await page.getByRole('button', { name: 'Add to backlog' }).click();
    await page.locator('[data-column="backlog"]').getByText('A wish elsewhere').waitFor();
    expect(service.feed.state.briefs.at(-1)?.projectId).toBe(projectIdOf('sample'));
  });
});

describe('the environment', () => {
  it('is proposed from lock files and saved', async () => {
    const { page, service } = await openWindow(`#/project/${projectIdOf('sample')}`);
    await page.getByRole('button', { name: 'Propose from lock files' }).click();
    await page.getByText('Proposed from package-lock.json: npm ci').waitFor();
    await page.getByLabel('Variables').pressSequentially('A=1\nB');
    await page.getByRole('button', { name: 'Save environment' }).click();
    await page.getByText('Environment saved.').waitFor();
    expect(service.feed.state.projects.find((project) => project.name === 'sample')?.environment).toMatchObject({ setup: 'npm ci', variables: { A: '1', B: '' } });
  });
});
