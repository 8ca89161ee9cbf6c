import { cannedFleet, NOW } from '../../renderer/support/canned.ts';
import { manyRows } from '../../renderer/support/fake-history.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

/** A new fleet each time: two pictures of one state are taken side by side, each in its own theme. */
const withHistory = (change: (service: FakeService) => void, fleet = cannedFleet) => (): FakeService => {
  const service = createFakeService(fleet());
  change(service);
  return service;
};
const long = withHistory(({ history }) => {
  history.past = manyRows(10_000);
});
const never = (): Promise<void> => new Promise(() => undefined);

const hostile = withHistory(({ history }) => {
  const texts: readonly (readonly [string, string])[] = [
    ['<img src=x onerror=alert(1)> parser', 'a parser that says <script>alert(1)</script> and goes on to say a good deal more than fits on the line, word after word after word after word after word'],
    ['مرحبا parser إصلاح المحلل', '…the parser \u202egnp.exe of line\u001b[31m 3'],
    [`parser ${'x'.repeat(500)}`, 'parser PARSER Parsers a|b (parser) [parser]'],
    ['🚢🔧 parser\nsecond line', 'parser'],
  ];
  history.past = manyRows(40).map((row, at) => ({ ...row, goal: texts[at % 4]?.[0] ?? '', snippet: texts[at % 4]?.[1] ?? '', queuedAt: NOW - 700_000 - at * 1000, endedAt: NOW, additions: 1_234_567, deletions: 987_654, files: 12_345 }));
});

export const historyStates: readonly GalleryState[] = [
  { name: 'history-many', title: '10,000 runs', hash: '#/history', service: long, ready: (page) => page.getByText('100 runs, and more').waitFor() },
  { name: 'history-search', title: 'Words found, and where', hash: '#/history?text=parser%20script', service: hostile, ready: (page) => page.getByText('onerror').first().waitFor() },
  { name: 'history-hostile', title: 'Odd titles and snippets', hash: '#/history?text=parser&state=ready,failed&since=30', service: hostile, ready: (page) => page.getByText('onerror').first().waitFor() },
  { name: 'history-no-match', title: 'Nothing matches', hash: '#/history?text=nothing%20like%20this', service: long, ready: (page) => page.getByText('No run matches').waitFor() },
  { name: 'history-empty', title: 'Before the first run', hash: '#/history', service: withHistory(() => undefined, () => ({ ...cannedFleet(), runs: [] })), ready: (page) => page.getByText('No run yet').waitFor() },
  {
    name: 'history-loading',
    title: 'Before the first answer',
    hash: '#/history',
    service: withHistory(({ history }) => {
      history.before = never;
    }),
    ready: (page) => page.getByRole('status', { name: 'Loading the history' }).waitFor(),
  },
  {
    name: 'history-service-away',
    title: 'The service does not answer while something is searched for',
    hash: '#/history',
    service: long,
    ready: async (page, _service, server) => {
      await page.getByText('100 runs, and more').waitFor();
      server.cut(true);
      await page.getByText('As last read').waitFor();
      await page.getByRole('searchbox', { name: 'Search the history' }).fill('flaky');
      await page.getByText('the search before').waitFor();
    },
  },
  {
    name: 'history-service-away-early',
    title: 'It went before the history was read',
    hash: '#/history',
    service: withHistory(({ history }) => {
      history.before = never;
    }),
    ready: async (page, _service, server) => {
      await page.getByRole('status', { name: 'Loading the history' }).waitFor();
      server.cut(true);
      await page.getByText('cannot be read now').waitFor();
    },
  },
];
