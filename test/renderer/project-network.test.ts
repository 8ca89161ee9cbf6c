import { expect, it } from 'vitest';
import { projectIdOf } from './support/canned.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const SAMPLE = projectIdOf('sample');

it('hosts are allowed, with what is wrong and what is to be known said as they are typed, and kept over a reload', async () => {
  const { page, service } = await openWindow(`#/project/${SAMPLE}`);
  const environment = () => service.feed.state.projects.find(({ id }) => id === SAMPLE)?.environment;
  await page.getByRole('radio', { name: 'Allow-list' }).click();
  await page.getByText('Package registries of the image').click();
  await page.getByRole('button', { name: 'Host', exact: true }).press('Enter');
  const host = page.getByRole('group', { name: 'Host 1' }).getByLabel('Host', { exact: true });
  await host.fill('https://Example.com/api');
  await page.getByText('Write the name alone').waitFor();
  await page.reload();
  await poll(() => host.inputValue()).toBe('https://Example.com/api');
  expect(await page.getByRole('button', { name: 'Save environment' }).isDisabled()).toBe(true);
  await host.fill('*.github.io');
  await page.getByText('Anybody can have a name under github.io').waitFor();
  await host.fill('API.Example.com');
  const port = page.getByRole('group', { name: 'Host 1' }).getByLabel('Port');
  for (const wrong of ['0', '70000', '80.5']) {
    await port.fill(wrong);
    await page.getByText('A port is a whole number from 1 to 65,535.').waitFor();
    expect(await page.getByRole('button', { name: 'Save environment' }).isDisabled()).toBe(true);
  }
  await page.reload();
  await poll(() => port.inputValue()).toBe('80.5');
  await port.fill('8443');
  await page.getByText('Run setup as root of its container').click();
  await page.keyboard.press('Control+s');
  await poll(() => environment()?.network).toMatchObject({ mode: 'allowlist', presets: ['registries'], rules: [{ host: 'api.example.com', port: 8443, methods: [], path: '', allowPrivate: false }] });
  expect(environment()?.setupAsRoot).toBe(true);
});

it.each([900, 1280])('each field of a host has room to read what is typed, %i pixels wide', async (width) => {
  const { page } = await openWindow(`#/project/${SAMPLE}`, undefined, { viewport: { width, height: 800 } });
  await page.getByRole('button', { name: 'Host', exact: true }).click();
  const row = page.getByRole('group', { name: 'Host 1' });
  for (const [label, least] of [['Host', 160], ['Port', 70], ['Path below', 140]] as const) {
    expect((await row.getByLabel(label, { exact: true }).boundingBox())?.width, label).toBeGreaterThan(least);
  }
});

it('a header is added for one exact host with a secret of the project, and full internet says what it means', async () => {
  const { page, service } = await openWindow(`#/project/${SAMPLE}`);
  await service.secrets.keep(SAMPLE, 'API_KEY', { kind: 'value', value: 'qX7-long-enough' });
  await page.reload();
  await page.getByRole('radio', { name: 'Full' }).click();
  await page.getByText('it can send to anybody').waitFor();
  await page.getByRole('button', { name: 'Header', exact: true }).click();
  await page.getByLabel('Host of the header').fill('*.example.com');
  await page.getByText('A credential goes to one exact host.').waitFor();
  await page.getByLabel('Host of the header').fill('api.example.com');
  await page.keyboard.press('Control+s');
  await poll(() => service.feed.state.projects.find(({ id }) => id === SAMPLE)?.environment).toMatchObject({ network: { mode: 'full' }, inject: [{ host: 'api.example.com', header: 'Authorization', secret: 'API_KEY' }] });
});
