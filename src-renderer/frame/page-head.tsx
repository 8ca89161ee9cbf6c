import type { ReactElement, ReactNode } from 'react';
import { keysInWords } from '../client/action-keys.ts';
import { useActions } from '../client/actions.ts';
import { BackIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { Status } from './status.tsx';

interface PageHeadProps {
  readonly title: string;
  readonly number?: number;
  /** Where the page belongs: the way back. */
  readonly back?: { readonly href: string; readonly title: string };
  /** Stands beside the title: a project, a filter. */
  readonly place?: ReactNode;
  /** The page's own actions. */
  readonly children?: ReactNode;
}

/** The head of every page: what it is, its actions, and the engine and slots. */
export const PageHead = ({ title, number, back, place, children }: PageHeadProps): ReactElement => {
  useActions(back ? [{ title: 'Go back', section: 'Go to', keys: 'u', early: true, run: () => { window.location.hash = back.href; } }] : []);
  return (
    <header className="header">
      {back && (
        <a className="button quiet header-back" href={back.href} title={back.title} aria-keyshortcuts="u">
          <BackIcon /> <span className="ellipsis">{back.title}</span>
          <span className="header-key" aria-hidden="true">
            <Keys presses={keysInWords('u')} />
          </span>
        </a>
      )}
      {number !== undefined && <span className="muted">#{number}</span>}
      <h1 className="ellipsis" title={title}>
        {title}
      </h1>
      {place !== undefined && <span className="muted header-place">{place}</span>}
      <span className="grow" />
      <Status />
      {children}
    </header>
  );
};
