import { expect, it } from 'vitest';
import { briefIdOf, runIdOf } from './support/canned.ts';
import { cannedComment, CODE, REVIEW, REVIEWED, serviceWithResult } from './support/canned-review.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const comments = [cannedComment(1, CODE, 3, 3, 'Wait for less than a minute')];

it('that runs again with the same command says that a script reads no comments, and leads to the command', async () => {
  const service = serviceWithResult({ run: { comments } });
  const { page } = await openWindow(REVIEW, service);
  await page.getByTestId('viewed').waitFor();
  await page.keyboard.press('R');
  await page.getByText(`#${REVIEWED} runs again. A script does not read comments`).waitFor();
  await page.getByRole('button', { name: 'Edit the command' }).click();
  await page.waitForURL(new RegExp(`/brief/${briefIdOf(REVIEWED)}(/brief)?$`));
  // The same from where it is watched, and from the history.
  const watched = serviceWithResult({ run: { comments } });
  const { page: activity } = await openWindow(`#/brief/${briefIdOf(REVIEWED)}/activity`, watched);
  await activity.getByRole('button', { name: 'Run again' }).click();
  await activity.getByText(`#${REVIEWED} runs again. A script does not read comments`).waitFor();
  const edited = serviceWithResult({ run: { comments } });
  const brief = edited.feed.state.briefs.find(({ number }) => number === REVIEWED)!;
  edited.put({ ...brief, text: { ...brief.text, runsWith: { ...brief.text.runsWith, command: 'another' } } });
  const { page: other } = await openWindow(REVIEW, edited);
  await other.getByTestId('viewed').waitFor();
  await other.keyboard.press('R');
  await other.getByText('This attempt is kept beside the new one.').waitFor();
});

it('tells of the attempts before: what was said of them, and that nothing has changed', async () => {
  const service = serviceWithResult({ run: { comments } });
  const first = service.feed.state.runs.find(({ id }) => id === runIdOf(REVIEWED))!;
  const second = service.putRun({ ...first, id: runIdOf(REVIEWED, 2), attempt: 2, comments: [] });
  service.review.diffs.set(second.id, service.review.diffs.get(first.id)!);
  service.put({ ...service.feed.state.briefs.find(({ number }) => number === REVIEWED)!, currentRun: second.id });
  const { page } = await openWindow(REVIEW, service);
  await page.locator('.evidence').getByText('had 1 comment').waitFor();
  await page.locator('.evidence').getByText('A script does not read them').waitFor();
  const same = page.locator('.review-bar').getByRole('link', { name: 'Same changes as attempt 1' });
  await same.waitFor();
  service.putRun({ ...second, turns: [{ ...second.turns[0]!, result: { ...second.turns[0]!.result!, tree: first.turns[0]!.base!.tree } }] });
  await expect.poll(() => same.count()).toBe(0);
  await page.locator('.evidence').getByRole('link', { name: 'Attempt 1' }).click();
  await page.waitForURL(new RegExp(`run=${first.id}`));
  await page.locator('.evidence').getByText('Wait for less than a minute').waitFor();
});
