import { describe, expect, it } from 'vitest';
import { briefIdOf } from './support/canned.ts';
import type { FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** A loaded machine may take its time; a poll ends as soon as it holds. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const BRIEF = `#/brief/${briefIdOf(21)}/brief`;
const textOf = (service: FakeService) => service.feed.state.briefs.find((brief) => brief.number === 21)?.text;

describe('the Markdown of a brief', () => {
  it('is the same brief, and is saved as it is typed', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('From the fields');
    await page.getByRole('radio', { name: 'Markdown' }).click();
    const editor = page.getByLabel('The brief as Markdown');
    await poll(() => editor.inputValue().catch(() => '')).toContain('## Goal\n\nFrom the fields');
    await editor.fill((await editor.inputValue()).replace('From the fields', 'From the Markdown'));
    await poll(() => textOf(service)?.goal).toBe('From the Markdown');
    await page.getByRole('radio', { name: 'Fields' }).click();
    expect(await page.getByLabel('Goal').inputValue()).toBe('From the Markdown');
  });

  it('is chosen with an arrow, opens at the goal, and is what the next brief opens with', async () => {
    const { page } = await openWindow(BRIEF);
    await page.getByRole('radio', { name: 'Fields' }).focus();
    await page.keyboard.press('ArrowRight');
    const editor = page.getByLabel('The brief as Markdown');
    await editor.waitFor();
    await page.locator('[role=radio]:focus', { hasText: 'Markdown' }).waitFor();
    await poll(() => page.locator('.brief-columns').evaluate((box) => box.scrollTop)).toBeGreaterThan(0);
    expect(await editor.evaluate((field: { value: string; selectionStart: number }) => field.value.slice(field.selectionStart))).toMatch(/^Fix the parser for nested quotes/);
    await page.goto(page.url().replace(briefIdOf(21), briefIdOf(22)));
    await poll(() => editor.inputValue().catch(() => '')).toContain('Replace moment');
    await page.getByRole('radio', { name: 'Markdown', checked: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('Goal').waitFor();
    await page.reload();
    await page.getByLabel('Goal').waitFor();
  });

  it('with a mistake says its line, loses nothing, and holds the fields until it is mended', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('radio', { name: 'Markdown' }).click();
    const editor = page.getByLabel('The brief as Markdown');
    await editor.fill('---\nlabels: [x]\ntimeBudgetMinutes: soon\n---\n\n## Goal\n\nMended\n');
    await page.getByRole('button', { name: 'Go to line 3' }).click();
    expect(await page.evaluate('document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)')).toBe('timeBudgetMinutes: soon');
    await page.getByRole('radio', { name: 'Fields' }).click();
    await page.getByText('The Markdown cannot be read yet.').first().waitFor();
    expect(await page.getByLabel('Goal').inputValue()).toBe('Fix the parser for nested quotes');
    await page.reload();
    await page.getByRole('button', { name: 'Correct it' }).click();
    await editor.fill((await editor.inputValue()).replace('soon', '5'));
    await poll(() => textOf(service)).toMatchObject({ goal: 'Mended', labels: ['x'], timeBudgetMinutes: 5 });
    await page.getByRole('radio', { name: 'Fields' }).click();
    await page.getByLabel('Goal').fill('And the fields again');
    await poll(() => textOf(service)?.goal).toBe('And the fields again');
  });

  it('that cannot be read can be dropped', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('radio', { name: 'Markdown' }).click();
    await page.getByLabel('The brief as Markdown').fill('---\nlabels: [\n---\n');
    await page.getByRole('button', { name: 'Drop what I typed' }).click();
    await poll(() => page.getByLabel('The brief as Markdown').inputValue().catch(() => '')).toContain('Fix the parser');
    expect(textOf(service)?.goal).toBe('Fix the parser for nested quotes');
  });

  it('that asks for variants says that they are not run yet, is not launched, and is put right with one click', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('radio', { name: 'Markdown' }).click();
    await page.getByLabel('The brief as Markdown').fill('---\nrunsWith:\n  command: npm run fix\n  variants: 3\n---\n\n## Goal\n\nThree times\n');
    await poll(() => textOf(service)?.runsWith.variants).toBe(3);
    await page.getByRole('radio', { name: 'Fields' }).click();
    await page.getByText('This brief asks for 3 variants.').waitFor();
    await page.getByText('Variants: 3 are asked for').waitFor();
    expect(await page.getByRole('button', { name: 'Launch' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Run it once' }).click();
    await poll(() => textOf(service)?.runsWith).toMatchObject({ variants: 1, command: 'npm run fix' });
    await poll(() => page.getByRole('button', { name: 'Launch' }).isEnabled()).toBe(true);
  });

  it('is exported and read back', async () => {
    const { page } = await openWindow(BRIEF);
    const menu = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: 'More for this brief' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await page.getByLabel('Goal').fill('Exported');
    const download = page.waitForEvent('download');
    await menu('Export as a file');
    const file = await download;
    expect(file.suggestedFilename()).toBe('brief-21.md');
    await page.getByLabel('Goal').fill('Something else');
    const choose = async (payload: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> => {
      const chooser = page.waitForEvent('filechooser');
      await menu('Read from a file…');
      await (await chooser).setFiles(payload);
    };
    await choose(await file.path());
    await poll(() => page.getByLabel('Goal').inputValue()).toBe('Exported');
    await choose({ name: 'bad.md', mimeType: 'text/markdown', buffer: Buffer.from('---\ncolour: red\n---\n') });
    await page.getByRole('alert').getByText('This is no brief that can be read').waitFor();
  });
});

describe('two windows on one brief', () => {
  const changeElsewhere = (service: FakeService, goal: string): void => {
    const brief = service.feed.state.briefs.find((each) => each.number === 21);
    if (brief) service.put({ ...brief, text: { ...brief.text, goal }, changedAt: Date.now() + 1 });
  };

  it('take over what the other one wrote while nothing is typed here', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').waitFor();
    changeElsewhere(service, 'Theirs');
    await poll(() => page.getByLabel('Goal').inputValue()).toBe('Theirs');
  });

  it('lose nothing: the window that typed chooses', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('Mine');
    changeElsewhere(service, 'Theirs');
    await page.getByText('The two differ in Goal.').waitFor();
    expect(await page.getByLabel('Goal').inputValue()).toBe('Mine');
    expect(textOf(service)?.goal).toBe('Theirs');
    await page.getByLabel('Goal').fill('Mine, and more');
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await poll(() => textOf(service)?.goal).toBe('Mine, and more');
    expect(await page.getByRole('button', { name: 'Keep mine' }).count()).toBe(0);
  });

  it('can take the other text, and bring back their own', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Goal').fill('Mine');
    changeElsewhere(service, 'Theirs');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await poll(() => page.getByLabel('Goal').inputValue()).toBe('Theirs');
    await page.getByRole('button', { name: 'Bring mine back' }).click();
    await poll(() => textOf(service)?.goal).toBe('Mine');
  });
});
