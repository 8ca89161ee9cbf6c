import type { ComponentType, ReactElement } from 'react';
import { Tabs } from '../ui/tabs.tsx';
import { Controls } from './controls.tsx';
import { Data } from './data.tsx';
import { Feedback } from './feedback.tsx';
import { Fields } from './fields.tsx';
import { Foundations } from './foundations.tsx';
import './design-system.css';

const SECTIONS: readonly { readonly id: string; readonly title: string; readonly Inside: ComponentType }[] = [
  { id: 'foundations', title: 'Foundations', Inside: Foundations },
  { id: 'controls', title: 'Controls', Inside: Controls },
  { id: 'fields', title: 'Fields', Inside: Fields },
  { id: 'data', title: 'Data', Inside: Data },
  { id: 'feedback', title: 'Feedback', Inside: Feedback },
];

/** Every primitive in all its states, on the real tokens: what a screen is made of, and what to look at after changing one. */
export const DesignSystemPage = ({ section }: { readonly section: string | null }): ReactElement => {
  const current = SECTIONS.find(({ id }) => id === section) ?? SECTIONS[0];
  return (
    <div className="design-system">
      <Tabs label="Sections of the design" className="page-tabs" tabs={SECTIONS.map(({ id, title }) => ({ href: `#/ui/${id}`, title, isCurrent: id === current?.id }))} />
      <div className="specimens" role="region" aria-label={current?.title} tabIndex={0} data-section={current?.id}>
        {current && <current.Inside />}
      </div>
    </div>
  );
};
