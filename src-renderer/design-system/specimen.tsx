import type { ReactElement, ReactNode } from 'react';

/** One primitive, in all the ways it can be. */
export const Specimen = ({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement => (
  <section className="specimen" aria-label={title}>
    <h3>{title}</h3>
    <div className="specimen-inside">{children}</div>
  </section>
);
