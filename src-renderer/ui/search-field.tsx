import type { ReactElement, Ref } from 'react';
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components';
import { CloseIcon, SearchIcon } from './icons.tsx';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** What is going on with what was typed is shown by the sign. */
  readonly busy?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Arrow down: from the field into what it has found. */
  readonly onDown?: () => void;
  readonly maxLength?: number;
}

/** A field that finds. Escape empties it; where it is empty, the page takes the focus. */
export const SearchField = ({ label, value, onChange, placeholder, busy = false, inputRef, onDown, maxLength = 500 }: SearchFieldProps): ReactElement => (
  <AriaSearchField
    className="search"
    aria-label={label}
    value={value}
    onChange={onChange}
    onKeyDown={(event) => {
      if (event.key === 'ArrowDown' && onDown) {
        event.preventDefault();
        onDown();
      } else event.continuePropagation();
    }}
  >
    <span className={busy ? 'search-busy' : undefined}>
      <SearchIcon />
    </span>
    <Input className="search-input" placeholder={placeholder ?? label} maxLength={maxLength} spellCheck={false} {...(inputRef !== undefined && { ref: inputRef })} />
    {value !== '' && (
      <Button className="search-clear" aria-label="Clear the search">
        <CloseIcon size={12} />
      </Button>
    )}
  </AriaSearchField>
);
