import type { ReactElement, ReactNode } from 'react';
import { BackIcon } from '../ui/icons.tsx';

interface PageHeadProps {
  readonly title: string;
  readonly number?: number;
  /** The project that the page belongs to. */
  readonly place: ReactNode;
  readonly children?: ReactNode;
}

/** The head of a page other than the board: the way back, what it is, its actions. */
export const PageHead = ({ title, number, place, children }: PageHeadProps): ReactElement => (
  <header className="header">
    <a className="button quiet" href="#/board">
      <BackIcon /> Board
    </a>
    {number !== undefined && <span className="muted">#{number}</span>}
    <h1 className="ellipsis" title={title}>
      {title}
    </h1>
    <span className="muted">{place}</span>
    <span className="grow" />
    {children}
  </header>
);
