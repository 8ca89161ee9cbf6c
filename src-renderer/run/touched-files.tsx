import { useId, useState, type ReactElement } from 'react';
import type { Progress } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { count } from '../ui/format.ts';
import { ChevronDownIcon, ChevronRightIcon, FileIcon } from '../ui/icons.tsx';

type Touched = NonNullable<Progress['touched']>;

/** How many files the work has touched so far, opening to their paths. */
export const TouchedFiles = ({ touched }: { readonly touched: Touched }): ReactElement => {
  const [open, setOpen] = useState(false);
  const id = useId();
  const more = touched.files - touched.paths.length;
  return (
    <div
      className="touched"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Button look="quiet" aria-expanded={open} aria-controls={id} disabled={touched.files === 0} onClick={() => setOpen(!open)}>
        <FileIcon /> {count(touched.files, 'file')} touched {touched.files > 0 && (open ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />)}
      </Button>
      {open && (
        <ul id={id} className="touched-list" aria-label="Files touched" tabIndex={0}>
          {touched.paths.map((path) => (
            <li key={path} className="mono literal" title={visibleText(path)}>
              {visibleText(path)}
            </li>
          ))}
          {more > 0 && <li className="muted">and {more.toLocaleString('en')} more</li>}
        </ul>
      )}
    </div>
  );
};
