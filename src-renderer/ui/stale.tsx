import type { ReactElement, ReactNode } from 'react';
import { WarningIcon } from './icons.tsx';

/** Says of what stands beside it that it may no longer be so, and why. */
export const Stale = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <span className="stale tone-amber" role="status">
    <WarningIcon size={12} />
    <span>{children}</span>
  </span>
);
