import { useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, SearchField, Text, useFilter } from 'react-aria-components';
import { create } from 'zustand';
import { keysInWords } from '../client/action-keys.ts';
import { listedActions, type Action } from '../client/actions.ts';
import { goTo } from '../client/route.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { briefsFor } from './briefs-for.ts';
import { recentActions, rememberAction } from './recent-actions.ts';
import './palette.css';

const useOpen = create<{ open: boolean }>(() => ({ open: false }));
export const openPalette = (): void => useOpen.setState({ open: true });
const close = (): void => useOpen.setState({ open: false });

const nameOf = ({ section, title }: Action): string => `${section}/${title}`;

/** Every action once, under its section; what was run last stands above all as long as nothing is typed. */
const sectionsOf = (actions: readonly Action[], recent: readonly string[]): [string, Action[]][] => {
  const last = recent.flatMap((name) => actions.find((action) => nameOf(action) === name) ?? []);
  const others = [...Map.groupBy(actions.filter((action) => !last.includes(action)), (action) => action.section)];
  return last.length === 0 ? others : [['Recent', last], ...others];
};

interface LineProps {
  readonly id: string;
  readonly title: string;
  readonly about?: string | undefined;
  readonly detail?: ReactNode;
  readonly run: () => void;
}

const Line = ({ id, title, about, detail, run }: LineProps): ReactElement => (
  <MenuItem
    id={id}
    textValue={title}
    className="menu-item"
    onAction={() => {
      close();
      run();
    }}
  >
    <Text slot="label" className="grow ellipsis">
      {title}
    </Text>
    {about !== undefined && (
      <Text slot="description" className="muted">
        {about}
      </Text>
    )}
    {detail}
  </MenuItem>
);

const Inside = (): ReactElement => {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [typed, setTyped] = useState('');
  // As they were when the palette opened: what it covers does not change under the hand.
  const [{ actions, recent }] = useState(() => {
    const seen = new Set<string>();
    return { actions: listedActions().filter((action) => !action.hidden && action.can?.() !== false && !seen.has(nameOf(action)) && seen.add(nameOf(action))), recent: recentActions() };
  });
  const words = typed.trim().split(/\s+/);
  const matches = (action: Action): boolean => words.every((word) => contains(`${action.section} ${action.title} ${action.also ?? ''}`, word));
  const sections = sectionsOf(actions.filter(matches), typed.trim() === '' ? recent : []);
  const briefs = briefsFor(typed);
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField className="palette-field" aria-label="Command or brief" autoFocus>
        <SearchIcon size={16} />
        <Input className="palette-input" placeholder="Type a command, or the number or title of a brief" maxLength={200} />
      </SearchField>
      {/* What scrolls has to be reached by Tab; its lines are chosen from the field. */}
      <div className="palette-list" role="group" aria-label="Commands and briefs" tabIndex={0}>
        {/* Enter does what stands first, also before anything is typed. */}
        <Menu className="menu" aria-label="Commands and briefs" autoFocus="first" renderEmptyState={() => <p className="palette-empty">Nothing is called that. What runs have said is found in the history.</p>}>
          {sections.map(([section, each]) => (
            <MenuSection key={section} className="menu-section">
              <Header className="menu-title">{section}</Header>
              {each.map((action) => (
                <Line
                  key={nameOf(action)}
                  id={nameOf(action)}
                  title={action.title}
                  about={action.about?.()}
                  detail={action.keys !== undefined && <Keys presses={keysInWords(action.keys)} />}
                  run={() => {
                    rememberAction(nameOf(action));
                    action.run();
                  }}
                />
              ))}
            </MenuSection>
          ))}
          {briefs.length > 0 && (
            <MenuSection className="menu-section">
              <Header className="menu-title">Briefs</Header>
              {briefs.map(({ id, title, column }) => (
                <Line key={id} id={id} title={title} detail={<span className="muted">{column}</span>} run={() => goTo({ place: 'brief', id, tab: 'brief', run: null })} />
              ))}
            </MenuSection>
          )}
        </Menu>
      </div>
      <div className="palette-foot muted" aria-hidden="true">
        <Keys presses={[['↑', '↓']]} /> choose <Keys presses={[['↵']]} /> run <Keys presses={[['Esc']]} /> close
      </div>
    </Autocomplete>
  );
};

/** Escape closes, whatever is typed: what was typed here is nothing that could be lost. The field alone would only empty itself. */
const closeOnEscape = (event: KeyboardEvent): void => {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  close();
};

/** Every action by its name, with its key, and every brief. */
export const Palette = (): ReactElement => {
  const open = useOpen((state) => state.open);
  return (
    <ModalOverlay className="shade" isDismissable isOpen={open} onOpenChange={(next) => useOpen.setState({ open: next })}>
      <Modal className="palette">
        <Dialog aria-label="Command palette" className="palette-dialog">
          <div onKeyDownCapture={closeOnEscape}>
            <Inside />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
