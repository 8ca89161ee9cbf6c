import { describe, expect, it } from 'vitest';
import type { EnvironmentFileReading } from '../../src-main/contract/endpoints.ts';
import type { BlobId } from '../../src-main/contract/ids.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { cannedFleet, objectOf, projectIdOf } from './support/canned.ts';
import { createFakeService, type FakeService } from './support/fake-service.ts';
import { useWindows } from './support/open-window.ts';

const openWindow = useWindows();
const poll = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 10_000 });
const SAMPLE = `#/project/${projectIdOf('sample')}`;
const sampleOf = (service: FakeService) => service.feed.state.projects.find(({ id }) => id === projectIdOf('sample'));

const READING: EnvironmentFileReading = {
  file: { ...DEFAULT_ENVIRONMENT, setup: 'make all', secrets: [{ name: 'NPM_TOKEN', file: null }] },
  blob: objectOf<BlobId>('file'),
  dockerfile: null,
  problems: ['limits.cpus: the file asks for 64; yours is 2, and that holds'],
  differs: true,
  needsApproval: [{ field: 'setup', message: 'setup is another script' }],
  diff: ' drydock: 1\n-setup: make\n+setup: make all \u202e\n',
  dockerfileDiff: '',
};
const withFile = (more: Partial<EnvironmentFileReading> = {}): FakeService => {
  const service = createFakeService();
  service.environmentFile.reading = { ...READING, ...more };
  return service;
};

describe('what the repository says about its environment', () => {
  it('is shown as a difference with what it would get, and adopted by keyboard', async () => {
    const { page, service } = await openWindow(SAMPLE, withFile());
    const banner = page.getByRole('region', { name: 'From the repository' });
    await banner.getByText('setup is another script').waitFor();
    await banner.getByText('Its setup script runs with the internet on.').waitFor();
    await banner.getByText('Setup is given NPM_TOKEN.').waitFor();
    await banner.getByText('the file asks for 64').waitFor();
    expect(await banner.getByLabel('What adopting changes').innerText()).toContain('- setup: make\n+ setup: make all ‹U+202E›');
    expect(sampleOf(service)?.environment.setup).not.toBe('make all');
    await banner.getByRole('button', { name: 'Adopt it' }).focus();
    await page.keyboard.press('Enter');
    await poll(() => sampleOf(service)?.environment.setup).toBe('make all');
    await banner.waitFor({ state: 'detached' });
    await poll(() => page.getByRole('textbox', { name: 'Setup script' }).inputValue()).toBe('make all');
  });

  it('is left, also over a reload, until it says something else', async () => {
    const { page, service } = await openWindow(SAMPLE, withFile());
    await page.getByRole('button', { name: 'Leave it' }).click();
    await page.getByText('you left it as it is').waitFor();
    await page.reload();
    await page.getByText('you left it as it is').waitFor();
    service.environmentFile.reading = { ...READING, blob: objectOf<BlobId>('another') };
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await page.getByRole('button', { name: 'Adopt it' }).waitFor();
    await page.getByRole('button', { name: 'Leave it' }).click();
    await page.getByRole('button', { name: 'Look at it again' }).click();
    await page.getByRole('button', { name: 'Adopt it' }).waitFor();
    expect(sampleOf(service)?.environment.setup).not.toBe('make all');
  });

  it('that has changed since it was shown is refused, and shown anew', async () => {
    const { page, service } = await openWindow(SAMPLE, withFile());
    await page.getByRole('button', { name: 'Adopt it' }).waitFor();
    service.environmentFile.reading = { ...READING, blob: objectOf<BlobId>('another'), diff: '+setup: evil\n' };
    await page.getByRole('button', { name: 'Adopt it' }).click();
    await page.getByText('has changed since it was shown').waitFor();
    await page.getByText('setup: evil').waitFor();
    expect(sampleOf(service)?.environment.setup).not.toBe('make all');
  });

  it('that cannot be used names each mistake, and offers nothing to adopt', async () => {
    const { page } = await openWindow(SAMPLE, withFile({ file: null, differs: false, needsApproval: [], diff: '', problems: ['line 2: privileged: there is no such field'] }));
    await page.getByText('line 2: privileged: there is no such field').waitFor();
    expect(await page.getByRole('button', { name: 'Adopt it' }).count()).toBe(0);
  });

  it('that waits for approval is where a paused queue leads to', async () => {
    const fleet = cannedFleet();
    fleet.pauses = [{ projectId: projectIdOf('sample'), fault: { code: 'notApproved', message: 'The environment of the base is not approved: setup is another script.', next: 'Look at it and adopt it, then launch again.' }, since: 1 }];
    const service = createFakeService(fleet);
    service.environmentFile.reading = READING;
    const { page } = await openWindow('#/board', service);
    await page.getByRole('link', { name: 'Look at the change' }).click();
    await page.getByRole('button', { name: 'Adopt it' }).waitFor();
    const brief = fleet.briefs.find(({ projectId, currentRun }) => projectId === projectIdOf('sample') && currentRun !== null);
    const run = fleet.runs.find(({ id }) => id === brief?.currentRun);
    if (!brief || !run) throw new Error('The sample has no brief with a run.');
    service.putRun({ ...run, state: { name: 'failed', phase: 'preparing', reason: { kind: 'fault', fault: fleet.pauses[0]!.fault } } });
    await page.goto(`${new URL(page.url()).origin}/#/brief/${brief.id}/activity`);
    await page.getByRole('status').getByRole('link', { name: 'Look at the change' }).last().click();
    await page.getByRole('button', { name: 'Adopt it' }).waitFor();
  });
});

describe('saving the environment to the repository', () => {
  it('shows what would be written and where, and writes by its own button only', async () => {
    const { page, service } = await openWindow(SAMPLE);
    const open = page.getByRole('button', { name: 'Save to the repository…' });
    await open.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('/.drydock/environment.yaml').waitFor();
    await dialog.getByLabel('The file').getByText('drydock: 1').waitFor();
    await page.keyboard.press('Escape');
    expect(service.environmentFile.saved).toBe(0);
    await open.click();
    await dialog.getByRole('button', { name: 'Write the file' }).click();
    await page.getByText('environment.yaml was written.').waitFor();
    expect(service.environmentFile.saved).toBe(1);
  });

  it('shows a file of the user’s own that is in the way, and stays open', async () => {
    const service = createFakeService();
    service.environmentFile.refusesSaving = { code: 'dirtyPath', message: 'environment.yaml in your working tree is not as in the last commit.', next: 'Commit it or take it away.' };
    const { page } = await openWindow(SAMPLE, service);
    await page.getByRole('button', { name: 'Save to the repository…' }).click();
    await page.getByRole('dialog').getByLabel('The file').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByText('is not as in the last commit').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  it('shows the difference from the file that is there, the right way round', async () => {
    const { page } = await openWindow(SAMPLE, withFile({ diff: ' drydock: 1\n-setup: mine\n+setup: theirs\n' }));
    await page.getByRole('button', { name: 'Adopt it' }).waitFor();
    await page.getByRole('button', { name: 'Save to the repository…' }).click();
    await poll(() => page.getByLabel('What changes in the file').innerText()).toContain('- setup: theirs\n+ setup: mine');
  });
});

describe('a devcontainer.json', () => {
  it('is taken over part by part, and what is not supported is named', async () => {
    const service = createFakeService();
    service.environmentFile.devcontainer = { change: { image: 'node:20', setup: 'npm ci', variables: { A: '1' } }, reasons: ['x: image: node:20'], notTaken: ['mounts: not taken over, because no folder of your machine is given to a container'] };
    const { page } = await openWindow(SAMPLE, service);
    await page.getByRole('button', { name: 'Take it over…' }).click();
    const parts = page.getByRole('region', { name: 'devcontainer.json' });
    await parts.getByText('mounts: not taken over, because no folder of your machine is given to a container.', { exact: true }).waitFor();
    await parts.getByRole('checkbox', { name: 'Setup script' }).press('Space');
    await parts.getByRole('button', { name: 'Use what is ticked' }).click();
    expect(await page.getByLabel('Image', { exact: true }).inputValue()).toBe('node:20');
    expect(await page.getByRole('textbox', { name: 'Variables' }).inputValue()).toBe('A=1');
    expect(await page.getByRole('textbox', { name: 'Setup script' }).inputValue()).toBe('');
    expect(sampleOf(service)?.environment.image).toBeNull();
  });

  it('that is no JSON is said to be none', async () => {
    const service = createFakeService();
    service.environmentFile.devcontainer = { change: {}, reasons: [], notTaken: ['devcontainer.json: ignored, because it is not JSON, also not with comments'] };
    const { page } = await openWindow(SAMPLE, service);
    await page.getByText('also not with comments. Correct it in the repository').waitFor();
    expect(await page.getByRole('button', { name: 'Take it over…' }).count()).toBe(0);
  });
});

it('a proposal is taken in parts', async () => {
  const service = createFakeService();
  service.environmentFile.proposal = { ...service.environmentFile.proposal, change: { setup: 'npm ci', maintenance: 'npm ci', lockFiles: ['package-lock.json'] } };
  const { page } = await openWindow(SAMPLE, service);
  const proposal = page.getByRole('region', { name: 'Proposal' });
  await proposal.getByText('npm test · npm run lint').waitFor();
  await proposal.getByRole('checkbox', { name: 'Lock files' }).press('Space');
  await proposal.getByRole('checkbox', { name: 'Maintenance script' }).press('Space');
  await proposal.getByRole('button', { name: 'Use what is ticked' }).click();
  await page.keyboard.press('Control+s');
  await poll(() => sampleOf(service)?.environment).toMatchObject({ setup: 'npm ci', maintenance: '', lockFiles: [] });
});
