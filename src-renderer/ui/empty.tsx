import type { ReactElement, ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  /** The next step, as buttons or links. */
  readonly actions?: ReactNode;
}

/** A place that has nothing to show: why, and what to do. */
export const Empty = ({ title, icon, children, actions }: EmptyProps): ReactElement => (
  <div className="empty">
    {icon !== undefined && <span className="empty-icon">{icon}</span>}
    <h2>{title}</h2>
    {children !== undefined && <p>{children}</p>}
    {actions !== undefined && <div className="row wrap empty-actions">{actions}</div>}
  </div>
);
