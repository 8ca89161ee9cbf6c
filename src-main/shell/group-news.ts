import type { News } from './fleet-news.ts';

/** What one notification says, and where a click on it goes. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly route: string;
}

const TITLES: Readonly<Record<News['kind'], string>> = { ready: 'Ready for review', failed: 'Failed', attention: 'Needs your attention' };

/** One notice for all that happened at about the same time: the thing itself, or how many of each. */
export function groupedNews(news: readonly News[]): Notice | null {
  const [first, ...others] = news;
  if (first === undefined) return null;
  if (others.length === 0) return { title: TITLES[first.kind], body: first.text, route: first.route };
  const of = (kind: News['kind']): number => news.filter((one) => one.kind === kind).length;
  const parts = [
    ...(of('ready') > 0 ? [`${of('ready')} ready for review`] : []),
    ...(of('failed') > 0 ? [`${of('failed')} failed`] : []),
    ...(of('attention') > 0 ? [`${of('attention')} need${of('attention') === 1 ? 's' : ''} your attention`] : []),
  ];
  const lines = news.slice(0, 3).map(({ text }) => text);
  const more = news.length - lines.length;
  return {
    title: parts.join(', '),
    body: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    route: of('ready') + of('failed') > 0 ? '#/review' : '#/board',
  };
}

/** What is gathered into one notice, in milliseconds from the first of it. */
export const GATHER_MS = 3_000;

/** Gathers what happens within a few seconds and hands it on at once. */
export class NewsGatherer {
  readonly #after: (ms: number, callback: () => void) => void;
  readonly #tell: (notice: Notice) => void;
  #held: News[] = [];

  constructor(after: (ms: number, callback: () => void) => void, tell: (notice: Notice) => void) {
    this.#after = after;
    this.#tell = tell;
  }

  add(news: readonly News[]): void {
    if (news.length === 0) return;
    const isFirst = this.#held.length === 0;
    this.#held.push(...news);
    if (isFirst) this.#after(GATHER_MS, () => this.#handOn());
  }

  #handOn(): void {
    const notice = groupedNews(this.#held);
    this.#held = [];
    if (notice !== null) this.#tell(notice);
  }
}
