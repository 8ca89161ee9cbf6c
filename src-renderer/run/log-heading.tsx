import type { ReactElement } from 'react';
import { clock, count, moment } from '../ui/format.ts';
import { ChevronDownIcon, ChevronRightIcon } from '../ui/icons.tsx';
import type { Section } from './sections.ts';

interface HeadingProps {
  readonly section: Section;
  readonly row: number;
  readonly folded: boolean;
  readonly now: number;
  readonly onFold: (key: string) => void;
}

/** The heading of a phase or check in the stream; it folds the lines below it. */
export const LogHeading = ({ section, row, folded, now, onFold }: HeadingProps): ReactElement => {
  const lines = section.to - section.from;
  const words = [clock((section.until ?? now) - section.began), ...(lines > 0 ? [count(lines, 'line')] : []), ...(section.outcome ? [section.outcome] : [])];
  const content = (
    <>
      <span className="log-chevron">{lines > 0 && (folded ? <ChevronRightIcon size={12} /> : <ChevronDownIcon size={12} />)}</span>
      <span className="log-heading-title">{section.title}</span>
      <span className="muted">{words.join(' · ')}</span>
    </>
  );
  return (
    <div className={`log-heading ${section.state}`} data-row={row} data-section={section.key} title={moment(section.began)}>
      {lines > 0 ? (
        <button type="button" aria-expanded={!folded} onClick={() => onFold(section.key)}>
          {content}
        </button>
      ) : (
        <span className="log-heading-still">{content}</span>
      )}
    </div>
  );
};
