import type { ReactElement } from 'react';
import { Toolbar } from 'react-aria-components';
import { COLUMNS } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon, CloseIcon, LabelIcon, PlayIcon, TrashIcon, UndoIcon } from '../ui/icons.tsx';
import { canDo, columnNow, doDeed, type Deed } from './deeds.ts';
import { openLabels } from './open.ts';
import { clearSelection, useSelection } from './selection.ts';
import { selectedBriefs } from './targets.ts';

const DEEDS: readonly { readonly deed: Deed; readonly title: string; readonly Icon: typeof PlayIcon }[] = [
  { deed: 'launch', title: 'Launch', Icon: PlayIcon },
  { deed: 'backlog', title: 'Put into backlog', Icon: UndoIcon },
  { deed: 'close', title: 'Close as done', Icon: CheckIcon },
];

/** What can be done with all chosen briefs together; where only some allow it, the button says how many. */
export const SelectionBar = (): ReactElement | null => {
  const size = useSelection((state) => state.ids.size);
  // What a brief allows follows from where it is.
  useFleet((fleet) => fleet.briefs);
  useFleet((fleet) => fleet.runs);
  if (size === 0) return null;
  const briefs = selectedBriefs();
  const columns = COLUMNS.map((column) => [column, briefs.filter((brief) => columnNow(brief) === column).length] as const);
  const able = (deed: Deed): number => columns.reduce((sum, [column, many]) => sum + (canDo(deed, column) ? many : 0), 0);
  const some = (deed: Deed): string => (able(deed) > 0 && able(deed) < size ? ` ${able(deed)}` : '');
  return (
    <Toolbar className="selection-bar" aria-label="Selected briefs">
      <strong role="status">{size} selected</strong>
      {DEEDS.map(({ deed, title, Icon }) => (
        <Button key={deed} disabled={able(deed) === 0} onClick={() => doDeed(deed, selectedBriefs())}>
          <Icon /> {title}{some(deed)}
        </Button>
      ))}
      <Button onClick={() => openLabels(selectedBriefs())}>
        <LabelIcon /> Labels…
      </Button>
      <Button look="danger" disabled={able('remove') === 0} onClick={() => doDeed('remove', selectedBriefs())}>
        <TrashIcon /> Delete{some('remove')}…
      </Button>
      <Button look="icon" aria-label="Clear the selection" title="Clear the selection (Esc)" onClick={clearSelection}>
        <CloseIcon />
      </Button>
    </Toolbar>
  );
};
