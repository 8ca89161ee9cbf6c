import type { ReactElement } from 'react';
import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useBrief, useFleet } from '../client/fleet-store.ts';
import { titleOf } from '../client/run-sign.ts';
import { CheckIcon, CopyIcon, PencilIcon, EyeIcon, LabelIcon, OverlapIcon, PlayIcon, StopIcon, TrashIcon, UndoIcon, UpIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx';
import { showDone, showFault } from '../ui/toast.tsx';
import { openCard } from './card.tsx';
import { canDo, columnNow, doDeed } from './deeds.ts';
import { editBrief } from './edit-brief.ts';
import { moveCards } from './move-cards.ts';
import { openLabels, openOverlap, useOpen } from './open.ts';
import { toggleSelected, useSelection } from './selection.ts';
import { wholeBoard } from './spots.ts';

const key = (name: string): ReactElement => <Keys presses={[[name]]} />;

const copy = (brief: Brief): void => {
  navigator.clipboard.writeText(`#${brief.number} ${titleOf(brief.text)}`).then(
    () => showDone(`#${brief.number} and its title are copied.`),
    () => showFault({ message: 'The clipboard does not take it.', next: 'Open the brief and copy its goal there.' }),
  );
};

/** Puts a queued brief before all others. */
export const moveToTop = (brief: Brief): void => {
  const first = wholeBoard().queued.find(({ id }) => id !== brief.id);
  if (first && columnNow(brief) === 'queued') void moveCards({ briefs: [brief], to: 'queued', before: first, confirmed: false });
};

const BACK: Partial<Record<Column, string>> = { queued: 'Put into the backlog', running: 'Cancel the run…', review: 'Put into the backlog', done: 'Reopen in the backlog' };

const deedsOf = (brief: Brief, column: Column): MenuEntry[] => [
  ...(canDo('launch', column) ? [{ id: 'launch', title: column === 'review' ? 'Run again' : 'Launch', icon: <PlayIcon />, detail: key('Q'), onAction: () => doDeed('launch', [brief]) }] : []),
  ...(column === 'queued' ? [{ id: 'top', title: 'Move to the top of the queue', icon: <UpIcon />, detail: key('T'), onAction: () => moveToTop(brief) }] : []),
  ...(canDo('backlog', column) ? [{ id: 'backlog', title: BACK[column] ?? 'Put into the backlog', icon: column === 'running' ? <StopIcon /> : <UndoIcon />, detail: key('W'), onAction: () => doDeed('backlog', [brief]) }] : []),
  ...(canDo('close', column) ? [{ id: 'close', title: 'Close brief', icon: <CheckIcon />, detail: key('C'), onAction: () => doDeed('close', [brief]) }] : []),
];

/** Everything that can be done with a card, at the pointer or below its button. */
export const CardMenu = (): ReactElement | null => {
  const open = useOpen((state) => state.menu);
  const brief = useBrief(open?.id ?? '');
  const overlaps = useFleet((fleet) => (open ? fleet.overlaps[open.id] : undefined));
  const isSelected = useSelection((state) => open !== null && state.ids.has(open.id));
  if (!open || !brief) return null;
  const column = columnNow(brief);
  const overlapping = (): void => {
    const anchor = document.querySelector(`[data-brief="${brief.number}"]`);
    if (anchor) openOverlap(brief.id, anchor);
  };
  return (
    <ContextMenu
      label={`Actions of #${brief.number} ${visibleText(titleOf(brief.text))}`}
      at={open}
      onClose={() => useOpen.setState({ menu: null })}
      sections={[
        {
          entries: [
            { id: 'open', title: 'Open', icon: <EyeIcon />, detail: key('↵'), onAction: () => openCard(brief) },
            { id: 'edit', title: 'Edit the brief', icon: <PencilIcon />, detail: key('E'), onAction: () => editBrief(brief) },
          ],
        },
        { entries: deedsOf(brief, column) },
        {
          entries: [
            { id: 'select', title: isSelected ? 'Take out of the selection' : 'Select', detail: key('X'), icon: <CheckIcon />, onAction: () => toggleSelected(brief.id) },
            { id: 'label', title: 'Labels…', icon: <LabelIcon />, detail: key('A'), onAction: () => openLabels([brief]) },
            ...(overlaps && overlaps.length > 0 ? [{ id: 'overlap', title: 'Show what it overlaps', icon: <OverlapIcon />, onAction: overlapping }] : []),
            { id: 'copy', title: 'Copy number and title', icon: <CopyIcon />, onAction: () => copy(brief) },
          ],
        },
        ...(canDo('remove', column) ? [{ entries: [{ id: 'remove', title: 'Delete…', tone: 'red' as const, icon: <TrashIcon />, detail: key('Del'), onAction: () => doDeed('remove', [brief]) }] }] : []),
      ]}
    />
  );
};
