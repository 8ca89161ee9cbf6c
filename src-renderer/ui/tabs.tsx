import type { ReactElement } from 'react';

interface TabsProps {
  readonly label: string;
  readonly className?: string;
  readonly tabs: readonly { readonly href: string; readonly title: string; readonly isCurrent: boolean; readonly detail?: string }[];
}

/** Parts of a page, each with its own address: links, so that they can be opened, copied and gone back to. */
export const Tabs = ({ label, className = '', tabs }: TabsProps): ReactElement => (
  <nav className={`tabs ${className}`} aria-label={label}>
    {tabs.map(({ href, title, isCurrent, detail }) => (
      <a key={href} href={href} aria-current={isCurrent ? 'page' : undefined}>
        {title}
        {detail !== undefined && <span className="tabs-detail">{detail}</span>}
      </a>
    ))}
  </nav>
);
