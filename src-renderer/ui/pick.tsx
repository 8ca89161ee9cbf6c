import { useState, type ReactElement, type ReactNode } from 'react';
import { Autocomplete, Button, Dialog, DialogTrigger, Header, Input, ListBox, ListBoxItem, ListBoxSection, Popover, SearchField, Text } from 'react-aria-components';
import { ChevronDownIcon, SearchIcon } from './icons.tsx';

export interface PickEntry {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly mono?: boolean;
}
export interface PickSection {
  readonly title: string;
  readonly entries: readonly PickEntry[];
}

interface PickProps {
  /** What is picked: the name of the button and of the list. */
  readonly label: string;
  readonly button: ReactNode;
  readonly look?: 'field' | 'plain';
  readonly placeholder: string;
  /** What fits the words that are typed: the lists search by themselves, here or at the service. */
  readonly sections: readonly PickSection[];
  readonly picked?: string;
  readonly empty: string;
  readonly onType: (typed: string) => void;
  readonly onOpen?: () => void;
  readonly onPick: (id: string) => void;
}

/** One of many, found by typing: the words narrow the list, arrows move in it, Enter takes. */
export const Pick = ({ label, button, look = 'field', placeholder, sections, picked, empty, onType, onOpen, onPick }: PickProps): ReactElement => {
  const [open, setOpen] = useState(false);
  const change = (next: boolean): void => {
    setOpen(next);
    onType('');
    if (next) onOpen?.();
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={change}>
      <Button className={look === 'field' ? 'button choice-button pick-button' : 'button quiet'}>
        <span className="hidden-text">{label}: </span>
        <span className="ellipsis grow choice-value">{button}</span>
        {look === 'field' && <ChevronDownIcon size={12} />}
      </Button>
      <Popover className="popover pick" offset={4} placement="bottom start">
        <Dialog aria-label={label} className="pick-dialog">
          <Autocomplete onInputChange={onType}>
            <SearchField className="pick-field" aria-label={placeholder} autoFocus>
              <SearchIcon />
              <Input className="pick-input" placeholder={placeholder} />
            </SearchField>
            {/* What scrolls has to be reached by Tab; its options are chosen from the field. */}
            <div className="pick-list" role="group" aria-label={label} tabIndex={0}>
              <ListBox
                className="menu"
                aria-label={label}
                selectionMode="single"
                selectedKeys={picked === undefined ? [] : [picked]}
                renderEmptyState={() => <div className="pick-empty">{empty}</div>}
                onSelectionChange={(keys) => {
                  const [chosen] = keys === 'all' ? [] : keys;
                  change(false);
                  if (chosen !== undefined) onPick(String(chosen));
                }}
              >
                {sections
                  .filter((section) => section.entries.length > 0)
                  .map((section) => (
                    <ListBoxSection key={section.title} className="menu-section">
                      <Header className="menu-title">{section.title}</Header>
                      {section.entries.map((entry) => (
                        <ListBoxItem key={entry.id} id={entry.id} textValue={entry.title} className="menu-item">
                          <Text slot="label" className={`grow ellipsis${entry.mono ? ' mono' : ''}`}>
                            {entry.title}
                          </Text>
                          {entry.detail !== undefined && (
                            <Text slot="description" className="muted pick-detail">
                              {entry.detail}
                            </Text>
                          )}
                        </ListBoxItem>
                      ))}
                    </ListBoxSection>
                  ))}
              </ListBox>
            </div>
          </Autocomplete>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
