import type { ReactElement, ReactNode } from 'react';
import { BackIcon } from '../ui/icons.tsx';
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
export const PageHead = ({ title, number, back, place, children }: PageHeadProps): ReactElement => (
  <header className="header">
    {back && (
      <a className="button quiet" href={back.href}>
        <BackIcon /> {back.title}
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
