import { useActions, type Action } from '../client/actions.ts';
import type { Columns } from '../client/columns.ts';
import { count } from '../ui/format.ts';
import { takeOffer, useOffer } from '../ui/toast.tsx';
import { moveToTop } from './card-menu.tsx';
import { openCard } from './card.tsx';
import { setCollapsed, useCollapsed } from './collapsed.ts';
import { goToCard, hadFocus, useCurrent } from './current.ts';
import { canDo, columnNow, doDeed, type Deed } from './deeds.ts';
import { editBrief } from './edit-brief.ts';
import { neighbour, shownOrFirst, type Direction } from './neighbour.ts';
import { openLabels, openMenu, setAdding } from './open.ts';
import { clearSelection, toggleSelected, useSelection } from './selection.ts';
import { currentBrief, targets } from './targets.ts';

const isOnCard = (): boolean => hadFocus() || (document.activeElement?.closest('.card') ?? null) !== null;

/** Brings the focus to the card that lies in a direction from the current one; while no card has it, to the current one: a step begins where one can be seen. */
export const step = (columns: Columns, direction: Direction): string | null => {
  const collapsed = useCollapsed.getState().columns;
  const current = useCurrent.getState().id;
  const id = isOnCard() ? neighbour(columns, collapsed, current, direction) : shownOrFirst(columns, collapsed, current);
  if (id !== null) goToCard(id);
  return id;
};

const withCurrent = (work: (brief: NonNullable<ReturnType<typeof currentBrief>>) => void) => (): void => {
  const brief = currentBrief();
  if (brief) work(brief);
};

/** Whether a deed is open to any of the cards that it would be about. */
const able = (deed: Deed) => (): boolean => targets().some((brief) => canDo(deed, columnNow(brief)));
const hasTarget = (): boolean => targets().length > 0;
const isQueued = (): boolean => {
  const brief = currentBrief();
  return brief !== undefined && columnNow(brief) === 'queued';
};
/** What a deed would be about: of the chosen cards those that allow it. */
const those = (deed?: Deed) => (): string | undefined => {
  const briefs = targets().filter((brief) => deed === undefined || canDo(deed, columnNow(brief)));
  return briefs.length === 1 && briefs[0] ? `#${briefs[0].number}` : count(briefs.length, 'card');
};
const current = (): string | undefined => {
  const brief = currentBrief();
  return brief && `#${brief.number}`;
};
const hasCurrent = (): boolean => currentBrief() !== undefined;

const menuOf = (number: number, id: string): void => {
  const box = document.querySelector(`.board [data-brief="${number}"]`)?.getBoundingClientRect();
  if (box) openMenu(id, box.left + 16, box.top + 24);
};

const section = 'Board';
const told = (title: string, keys: string): Action => ({ title, section, keys, told: true, hidden: true, run: () => undefined });

/** Everything the board can do, by its keys and in the palette. */
export const useBoardActions = (columns: Columns): void => {
  const choosing = useSelection((state) => state.ids.size > 0);
  const offer = useOffer();
  const moves = (title: string, keys: string, direction: Direction): Action => ({ title, section, keys, hidden: true, run: () => step(columns, direction) });
  useActions([
    { title: 'Add a brief to the backlog', section, keys: 'n', also: 'new quick create', run: () => { setCollapsed('backlog', false); setAdding(true); } },
    moves('Card below', 'j', 'down'),
    moves('Card above', 'k', 'up'),
    moves('Column to the left', 'h', 'left'),
    moves('Column to the right', 'l', 'right'),
    told('Open the card', 'Enter'),
    told('Lift the card, and drop it', ' '),
    { title: 'Launch', section, keys: 'q', can: able('launch'), about: those('launch'), also: 'queue run again', run: () => doDeed('launch', targets()) },
    { title: 'Put into the backlog', section, keys: 'w', can: able('backlog'), about: those('backlog'), also: 'stop the run withdraw cancel set aside', run: () => doDeed('backlog', targets()) },
    { title: 'Close the brief', section, keys: 'c', can: able('close'), about: those('close'), also: 'done', run: () => doDeed('close', targets()) },
    { title: 'Move to the top of the queue', section, keys: 't', can: isQueued, about: current, also: 'priority next', run: withCurrent(moveToTop) },
    { title: 'Edit the brief', section, keys: 'e', can: hasCurrent, about: current, run: withCurrent(editBrief) },
    { title: 'Open its review, activity or brief', section, keys: 'o', can: hasCurrent, about: current, also: 'review activity', run: withCurrent(openCard) },
    { title: 'Labels', section, keys: 'a', can: hasTarget, about: those(), run: () => openLabels(targets()) },
    { title: 'Delete the brief', section, keys: 'Delete', can: able('remove'), about: those('remove'), also: 'remove', run: () => doDeed('remove', targets()) },
    { title: 'More actions of the card', section, keys: 'm', can: hasCurrent, about: current, also: 'menu', run: withCurrent((brief) => menuOf(brief.number, brief.id)) },
    { title: 'Select the card', section, keys: 'x', can: hasCurrent, about: current, run: withCurrent((brief) => toggleSelected(brief.id)) },
    told('Extend the selection downwards', 'shift+ArrowDown'),
    told('Extend the selection upwards', 'shift+ArrowUp'),
    told('Select the whole column', 'mod+a'),
    { title: 'Collapse the column', section, keys: '-', can: hasCurrent, also: 'hide narrow', run: withCurrent((brief) => setCollapsed(columnNow(brief), true)) },
    { title: 'Expand every column', section, keys: '+', can: () => useCollapsed.getState().columns.size > 0, also: 'show', run: () => { for (const column of useCollapsed.getState().columns) setCollapsed(column, false); } },
    ...(choosing ? [{ title: 'Clear the selection', section, keys: 'Escape', run: clearSelection }] : []),
    ...(offer ? [{ title: offer.title, section, keys: 'z', also: 'take back', run: takeOffer }] : []),
  ]);
};
