import { describe, expect, it } from 'vitest';
import { briefIdOf, cannedFleet } from './support/canned.ts';
import { createFakeService, type FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
/** A loaded machine may take its time; a poll ends as soon as it holds. */
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const BRIEF = `#/brief/${briefIdOf(21)}/brief`;
const textOf = (service: FakeService) => service.feed.state.briefs.find((brief) => brief.number === 21)?.text;

describe('the readiness', () => {
  it('has a sign of its own for a warning, and examples are quieter than what is typed', async () => {
    const { page } = await openWindow(BRIEF);
    const budget = page.getByLabel('Readiness').getByRole('listitem').filter({ hasText: 'Time budget' });
    await page.getByLabel('Time budget, minutes').evaluate((field) => field.closest('details')?.setAttribute('open', ''));
    await page.getByLabel('Time budget, minutes').fill('20');
    await budget.getByText(': has what it needs.').waitFor({ state: 'attached' });
    await page.getByLabel('Time budget, minutes').fill('90');
    await budget.getByText('This is over 30 minutes: watch the scope.').waitFor();
    await budget.getByText(': a warning.').waitFor({ state: 'attached' });
    expect(await budget.locator('.tone-amber svg.lucide-triangle-alert').count()).toBe(1);
    expect(await budget.locator('.tone-green').count()).toBe(0);
    const inPlay = page.getByLabel('In play');
    expect(await inPlay.getAttribute('placeholder')).toBe('e.g. src/**');
    expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('[placeholder="e.g. src/**"]'), '::placeholder').fontStyle`)).toBe('italic');
  });
});

describe('the base', () => {
  it('is chosen among branches by typing and arrows alone', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('button', { name: 'Base: HEAD' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'release/2.x' }).waitFor();
    await page.keyboard.type('release');
    await poll(() => page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await poll(() => textOf(service)?.runsWith.base).toEqual({ kind: 'branch', name: 'release/2.x' });
  });

  it('can be a commit that is found by its author, or the working tree', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('button', { name: 'Base: HEAD' }).click();
    await page.keyboard.type('Grace');
    await page.getByRole('option', { name: 'Fix a typo' }).click();
    await poll(() => textOf(service)?.runsWith.base.kind).toBe('commit');
    await page.getByRole('button', { name: 'Base: Commit' }).click();
    await page.getByRole('option', { name: 'Working tree' }).click();
    await poll(() => textOf(service)?.runsWith.base).toEqual({ kind: 'workingTree' });
  });
});

describe('the scope', () => {
  it('shows the files that its globs match, and says when none does', async () => {
    const { page } = await openWindow(BRIEF);
    await page.getByText('Empty: everything, 246 files').waitFor();
    await page.getByLabel('In play').fill('src/**');
    await page.getByText('241 of 246 files').click();
    await page.getByText('src/http/part-0.ts').waitFor();
    await page.getByText('and 41 more').waitFor();
    await page.getByLabel('In play').fill('nothing/**');
    await page.getByText('No file of the base matches').waitFor();
  });
});

describe('a check', () => {
  it('is offered from the repository’s own files and tried on the base', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByRole('button', { name: 'npm run lint' }).click();
    await page.getByLabel('Check 3: command').fill('npm run lint || false');
    await page.getByRole('button', { name: 'Try check 3' }).click();
    await page.getByText('Failed on the base: status 1, 4.2 s').waitFor();
    await page.getByText('expected "a" to be "b"').waitFor();
    await page.getByRole('button', { name: 'Passes Expected' }).last().click();
    await page.getByRole('option', { name: 'Fails on base, then passes' }).click();
    await page.getByText('Fails on the base, as expected').waitFor();
    await poll(() => textOf(service)?.checks[2]).toMatchObject({ command: 'npm run lint || false', expect: 'failsThenPasses' });
  });

  it('is stopped, and its output stays with it when one above is removed', async () => {
    const { page } = await openWindow(BRIEF);
    await page.getByLabel('Check 2: command').fill('sleep 1000');
    await page.getByRole('button', { name: 'Try check 2' }).click();
    await page.getByText('Running on the base').waitFor();
    await page.getByRole('button', { name: 'Remove check 1' }).click();
    await page.getByRole('group', { name: 'Check 1' }).getByText('Running on the base').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped', { exact: true }).waitFor();
  });

  it('says plainly that the environment was never set up', async () => {
    const { page } = await openWindow(BRIEF);
    await page.getByLabel('Check 1: command').fill('./no-setup');
    await page.getByRole('button', { name: 'Try check 1' }).click();
    await page.getByRole('alert').getByText('The environment of this project was never set up.').waitFor();
  });
});

describe('attachments', () => {
  it('are chosen, refused when too large, and removed', async () => {
    const { page, service } = await openWindow(BRIEF);
    const file = (name: string, size: number) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'a') });
    await page.getByTestId('attach').setInputFiles([file('trace.txt', 2_048), file('huge.bin', 10 * 2 ** 20 + 1)]);
    await page.getByRole('alert').getByText('huge.bin is too large').waitFor();
    await page.getByTestId('attach').setInputFiles([file('trace.txt', 10)]);
    await poll(() => textOf(service)?.attachments.map((each) => [each.name, each.size])).toEqual([['trace.txt', 2_048], ['trace-2.txt', 10]]);
    await page.getByRole('button', { name: 'Remove trace.txt' }).click();
    await poll(() => textOf(service)?.attachments.map((each) => each.name)).toEqual(['trace-2.txt']);
  });

  it('are pasted and dropped', async () => {
    const { page, service } = await openWindow(BRIEF);
    for (const event of ['paste', 'drop']) {
      await page.getByLabel('Context').focus();
      await page.evaluate(`(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], '${event}.png'));
        const shared = { bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent('${event}' === 'paste' ? new ClipboardEvent('paste', { ...shared, clipboardData: data }) : new DragEvent('drop', { ...shared, dataTransfer: data }));
      })()`);
      await page.getByRole('button', { name: `Remove ${event}.png` }).waitFor();
    }
    await poll(() => textOf(service)?.attachments.map((each) => each.name)).toEqual(['paste.png', 'drop.png']);
  });
});

describe('a command of several lines', () => {
  it('keeps them, in a check as in the work', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByLabel('Check 1: command').fill('npm ci\nnpm test');
    await poll(() => textOf(service)?.checks[0]?.command).toBe('npm ci\nnpm test');
    const height = async (at: number): Promise<number> => (await page.getByLabel(`Check ${at}: command`).boundingBox())?.height ?? 0;
    expect(await height(2)).toBeLessThan(await height(1));
  });
});

describe('overlap', () => {
  it('is shown before the launch, and one click queues behind', async () => {
    const fleet = cannedFleet();
    fleet.overlaps = { [briefIdOf(21)]: [{ briefId: briefIdOf(12), number: 12, kind: 'files', count: 30, paths: ['src/http/client.ts'] }] };
    const { page, service } = await openWindow(BRIEF, createFakeService(fleet));
    await page.getByText('Both changed 30 files').click();
    await page.getByText('and 29 more').waitFor();
    await page.getByRole('button', { name: 'Queue behind #12' }).click();
    await page.getByText('Queued behind #12.').waitFor();
    await poll(() => textOf(service)?.after).toEqual([12]);
  });

  it('is told above the form where what is beside it stands below', async () => {
    const fleet = cannedFleet();
    fleet.overlaps = { [briefIdOf(21)]: [{ briefId: briefIdOf(12), number: 12, kind: 'files', count: 30, paths: ['src/http/client.ts'] }] };
    const { page } = await openWindow(BRIEF, createFakeService(fleet), { viewport: { width: 900, height: 800 } });
    await page.getByText('Overlaps 1 brief: #12').waitFor();
    const list = page.getByRole('complementary', { name: 'Overlap with other briefs' });
    const isInSight = async (): Promise<boolean> => ((await list.boundingBox())?.y ?? 800) < 780;
    expect(await isInSight()).toBe(false);
    await page.getByRole('button', { name: 'Show them' }).click();
    await poll(isInSight).toBe(true);
    const wide = await openWindow(BRIEF, createFakeService(fleet), { viewport: { width: 1280, height: 800 } });
    await wide.page.getByRole('complementary', { name: 'Overlap with other briefs' }).waitFor();
    expect(await wide.page.getByRole('button', { name: 'Show them' }).isVisible()).toBe(false);
  });

  it('can be any other brief, and taken back', async () => {
    const { page, service } = await openWindow(BRIEF);
    await page.getByText('More', { exact: false }).locator('visible=true').last().click();
    await page.getByRole('button', { name: /Another brief/ }).click();
    await page.keyboard.type('retries');
    await page.getByRole('option', { name: '#12 Add retries' }).click();
    await poll(() => textOf(service)?.after).toEqual([12]);
    await page.getByRole('button', { name: 'No longer after #12' }).click();
    await poll(() => textOf(service)?.after).toEqual([]);
  });
});
