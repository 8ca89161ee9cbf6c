import { useState, type ReactElement } from 'react';
import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, SearchField, Text, useFilter } from 'react-aria-components';
import { create } from 'zustand';
import { keysInWords } from '../client/action-keys.ts';
import { currentActions, type Action } from '../client/actions.ts';
import { useFleet } from '../client/fleet-store.ts';
import { goTo } from '../client/route.ts';
import { titleOf } from '../client/run-sign.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';

const useOpen = create<{ open: boolean }>(() => ({ open: false }));
export const openPalette = (): void => useOpen.setState({ open: true });
const close = (): void => useOpen.setState({ open: false });

/** Briefs that are offered beside the actions: those whose number or title holds what is typed, at most so many. */
const MOST_BRIEFS = 8;

const briefsFor = (typed: string): { id: string; title: string }[] => {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const found: { id: string; title: string }[] = [];
  for (const brief of Object.values(useFleet.getState().briefs)) {
    const title = `#${brief.number} ${titleOf(brief.text)}`;
    if (title.toLowerCase().includes(wanted)) found.push({ id: brief.id, title: visibleText(title) });
    if (found.length === MOST_BRIEFS) break;
  }
  return found;
};

const sectionsOf = (actions: readonly Action[]): [string, Action[]][] => [...Map.groupBy(actions, (action) => action.section)];

const Inside = (): ReactElement => {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [typed, setTyped] = useState('');
  // As they were when the palette opened: what it covers does not change under the hand.
  const [actions] = useState(() => {
    const seen = new Set<string>();
    return currentActions().filter((action) => !action.hidden && !seen.has(action.title) && seen.add(action.title));
  });
  const briefs = briefsFor(typed);
  const does = (run: () => void) => (): void => {
    close();
    run();
  };
  const matches = (action: Action): boolean => typed.trim().split(/\s+/).every((word) => contains(`${action.section} ${action.title} ${action.also ?? ''}`, word));
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField className="palette-field" aria-label="Command or brief" autoFocus>
        <SearchIcon size={16} />
        <Input className="palette-input" placeholder="Type a command, or the title of a brief" />
      </SearchField>
      <Menu className="menu palette-list" aria-label="Commands" renderEmptyState={() => <div className="column-empty">Nothing is called that.</div>}>
        {sectionsOf(actions.filter(matches)).map(([section, each]) => (
          <MenuSection key={section} className="menu-section">
            <Header className="menu-title">{section}</Header>
            {each.map((action) => (
              <MenuItem key={action.title} id={`${section}/${action.title}`} textValue={action.title} className="menu-item" onAction={does(action.run)}>
                <Text slot="label" className="grow ellipsis">
                  {action.title}
                </Text>
                {action.keys !== undefined && <Keys presses={keysInWords(action.keys)} />}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
        {briefs.length > 0 && (
          <MenuSection className="menu-section">
            <Header className="menu-title">Briefs</Header>
            {briefs.map(({ id, title }) => (
              <MenuItem key={id} id={id} textValue={title} className="menu-item" onAction={does(() => goTo({ place: 'brief', id, tab: 'brief', run: null }))}>
                <Text slot="label" className="grow ellipsis">
                  {title}
                </Text>
              </MenuItem>
            ))}
          </MenuSection>
        )}
      </Menu>
    </Autocomplete>
  );
};

/** Every action by its name, with its key, and every brief. */
export const Palette = (): ReactElement => {
  const open = useOpen((state) => state.open);
  return (
    <ModalOverlay className="shade" isDismissable isOpen={open} onOpenChange={(next) => useOpen.setState({ open: next })}>
      <Modal className="palette">
        <Dialog aria-label="Command palette" className="palette-dialog">
          <Inside />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
