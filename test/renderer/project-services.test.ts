import { expect, it } from 'vitest';
import { projectIdOf } from './support/canned.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const SAMPLE = projectIdOf('sample');

it('services are added, kept over a reload while they are typed, refused by the row that is wrong, saved and removed', async () => {
  const { page, service } = await openWindow(`#/project/${SAMPLE}`);
  const services = () => service.feed.state.projects.find(({ id }) => id === SAMPLE)?.environment.services;
  const save = page.getByRole('button', { name: 'Save environment' });
  await page.getByRole('button', { name: 'Service', exact: true }).press('Enter');
  const first = page.getByRole('group', { name: 'Service 1' });
  // The new row has the focus.
  await page.keyboard.type('Data Base');
  await first.getByText('Lower case letters, digits and dashes').waitFor();
  await first.getByLabel('Image').fill('postgres:17');
  await first.getByLabel('Variables').fill('POSTGRES_PASSWORD=paper\nPOSTGRES_DB=a=b');
  await page.reload();
  await poll(() => first.getByLabel('Name').inputValue()).toBe('Data Base');
  expect(await save.isDisabled()).toBe(true);
  await first.getByLabel('Name').fill('db');
  await first.getByLabel('Health command').fill('pg_isready -h 127.0.0.1');
  await first.getByLabel('Ready within, seconds').fill('30');
  await first.getByText('Command', { exact: true }).click();
  await first.getByLabel('Words of its command').fill('postgres\n-c\nfsync=off');
  await page.getByRole('button', { name: 'Service', exact: true }).click();
  const second = page.getByRole('group', { name: 'Service 2' });
  await second.getByLabel('Name').fill('db');
  await second.getByLabel('Image').fill('redis');
  await second.getByText('There is a service db already.').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await second.getByLabel('Name').fill('cache');
  await page.keyboard.press('Control+s');
  const db = { name: 'db', image: 'postgres:17', variables: { POSTGRES_PASSWORD: 'paper', POSTGRES_DB: 'a=b' }, health: 'pg_isready -h 127.0.0.1', readyWithinSeconds: 30, command: ['postgres', '-c', 'fsync=off'] };
  await poll(services).toEqual([db, { name: 'cache', image: 'redis', variables: {}, health: '', readyWithinSeconds: 60, command: null }]);
  await page.getByRole('button', { name: 'Remove service 2' }).click();
  await page.keyboard.press('Control+s');
  await poll(services).toEqual([db]);
});
