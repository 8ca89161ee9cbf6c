import type { KeyboardEvent, ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded, holdsSlot } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useActions } from '../client/actions.ts';
import { goTo, hrefOf, type Route, type Tab } from '../client/route.ts';
import { countFindings, findingsOf } from '../client/finding-words.ts';
import { hasNetworkFacts } from '../client/receipt-of.ts';
import { failureInWords, signOf } from '../client/run-sign.ts';
import { count } from '../ui/format.ts';
import './brief.css';

const TABS = [
  { tab: 'brief', title: 'Brief' },
  { tab: 'activity', title: 'Activity' },
  { tab: 'review', title: 'Review' },
  { tab: 'network', title: 'Network' },
] as const satisfies readonly { tab: Tab; title: string }[];

/** What a tab has to say before it is opened: as a sign, and in words. */
const markOf = (tab: Tab, run: Run | undefined): { readonly sign: ReactElement; readonly words: string } | null => {
  if (!run) return null;
  if (tab === 'activity' && holdsSlot(run.state)) return { sign: <span className="tab-running" />, words: 'running' };
  if (tab !== 'review' || !hasEnded(run.state)) return null;
  if (signOf(run).tone === 'red') return { sign: <span className="tab-count tone-red">failed</span>, words: visibleText(failureInWords(run) ?? 'failed') };
  const { all } = countFindings(findingsOf(run));
  return all === 0 ? null : { sign: <span className="tab-count">{all}</span>, words: count(all, 'finding') };
};

interface BriefTabsProps {
  readonly id: string;
  readonly tab: Tab;
  readonly run: Run | undefined;
  readonly runId: string | null;
  readonly fromQueue: boolean;
}

/** The parts of a brief, as links: arrows go from one to the next, 1 2 3 4 from anywhere. */
export const BriefTabs = ({ id, tab, run, runId, fromQueue }: BriefTabsProps): ReactElement => {
  // Also where its address was opened: a place that is shown is never missing from its list.
  const tabs = TABS.filter(({ tab: each }) => each !== 'network' || tab === 'network' || hasNetworkFacts(run));
  const routeOf = (to: Tab): Route => ({ place: 'brief', id, tab: to, run: runId, queue: fromQueue });
  useActions(tabs.map(({ tab: to, title }, at) => ({ title: `Show ${title}`, section: 'Brief', keys: String(at + 1), early: true, run: () => goTo(routeOf(to), true) })));
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...event.currentTarget.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (at < 0 || !next) return;
    event.preventDefault();
    links[(at + step + links.length) % links.length]?.focus();
    goTo(routeOf(next.tab), true);
  };
  return (
    <nav className="tabs page-tabs" aria-label="Parts of the brief" onKeyDown={move}>
      {tabs.map((each) => {
        const mark = markOf(each.tab, run);
        const isHere = each.tab === tab;
        return (
          <a key={each.tab} href={hrefOf(routeOf(each.tab))} aria-label={each.title} aria-description={mark?.words} title={mark?.words} aria-current={isHere ? 'page' : undefined}>
            {each.title}
            {mark?.sign}
          </a>
        );
      })}
    </nav>
  );
};
