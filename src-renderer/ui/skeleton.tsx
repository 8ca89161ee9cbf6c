import type { ReactElement } from 'react';

/** Where lines will be, while they are loaded. Readers hear that once. */
export const Skeleton = ({ lines = 3, label = 'Loading' }: { readonly lines?: number; readonly label?: string }): ReactElement => (
  <div className="skeleton" role="status" aria-label={label}>
    {Array.from({ length: lines }, (_, at) => (
      <span key={at} style={{ width: `${92 - ((at * 29) % 47)}%` }} />
    ))}
  </div>
);
