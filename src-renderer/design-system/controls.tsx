import { useState, type ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CopyIcon, LockIcon, MoreIcon, PlusIcon, TrashIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { Radios } from '../ui/radios.tsx';
import { Segments } from '../ui/segments.tsx';
import { Switch } from '../ui/switch.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TagList } from '../ui/tag-list.tsx';
import { TickMenu } from '../ui/tick-menu.tsx';
import { showDone } from '../ui/toast.tsx';
import { Hint } from '../ui/tooltip.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Specimen } from './specimen.tsx';

const LOOKS = ['plain', 'primary', 'quiet', 'danger'] as const;
const FRUIT = [
  { value: 'off', title: 'Internet off', hint: 'Nothing can be reached', icon: <LockIcon /> },
  { value: 'allow', title: 'Allowlist', hint: 'Only the hosts that are named' },
  { value: 'full', title: 'Full internet' },
] as const;
type Fruit = (typeof FRUIT)[number]['value'];

const Buttons = (): ReactElement => (
  <Specimen title="Buttons">
    <div className="stack">
      {[false, true].map((disabled) => (
        <div key={String(disabled)} className="row wrap">
          {LOOKS.map((look) => (
            <Button key={look} look={look} disabled={disabled}>
              {look[0]?.toUpperCase()}
              {look.slice(1)}
            </Button>
          ))}
          <Button look="icon" aria-label="Add" disabled={disabled}>
            <PlusIcon />
          </Button>
          <Button disabled={disabled}>
            <CopyIcon /> With an icon
          </Button>
        </div>
      ))}
      <div className="row">
        <a className="button" href="#/ui/controls">Link</a>
        <Hint text="Words that explain it, on hover and focus">
          <button type="button" className="button">With a tooltip</button>
        </Hint>
      </div>
    </div>
  </Specimen>
);

const Opening = (): ReactElement => {
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Specimen title="What opens">
      <div className="row wrap">
        <MenuButton
          button="Menu"
          sections={[
            { title: 'Run', entries: [{ id: 'copy', title: 'Copy', icon: <CopyIcon />, detail: <Keys presses={[['C']]} />, onAction: () => showDone('Copied.') }, { id: 'no', title: 'Cannot be done now', disabled: true, onAction: () => undefined }] },
            { entries: [{ id: 'remove', title: 'Delete', icon: <TrashIcon />, tone: 'red', onAction: () => showDone('Deleted.') }] },
          ]}
        />
        <MenuButton label="More" look="icon" button={<MoreIcon />} sections={[{ entries: [{ id: 'one', title: 'Only entry', onAction: () => undefined }] }]} />
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
      </div>
      {open === 'dialog' && (
        <Dialog title="Add a project" onClose={close} onSubmit={close} footer={<Button look="primary" type="submit">Add</Button>}>
          <p>A modal keeps the focus inside, closes on Escape and gives the focus back.</p>
        </Dialog>
      )}
      {open === 'confirm' && (
        <Confirm title="Delete it?" action="Delete" onClose={close} onConfirm={() => showDone('Deleted.')}>
          Asked only before work would be lost.
        </Confirm>
      )}
    </Specimen>
  );
};

/** Everything that is pressed or chosen. */
export const Controls = (): ReactElement => {
  const [value, setValue] = useState<Fruit>('off');
  const [chosen, setChosen] = useState<Fruit[]>(['off']);
  const [tags, setTags] = useState(['docs', 'tests', 'parser']);
  const [on, setOn] = useState(true);
  return (
    <>
      <Buttons />
      <Opening />
      <Specimen title="One of several">
        <div className="row wrap specimen-top">
          <Choice label="Choice" value={value} options={FRUIT} onChange={setValue} className="specimen-choice" />
          <Segments label="Segments" value={value} options={FRUIT} onChange={setValue} />
          <Radios label="Radios" value={value} options={FRUIT} onChange={setValue} />
        </div>
      </Specimen>
      <Specimen title="Any of several">
        <div className="stack">
          <TagList<Fruit> label="Tags to choose" tags={FRUIT.map((fruit) => ({ id: fruit.value, title: fruit.title }))} chosen={chosen} onChoose={setChosen} />
          <TagList label="Tags to remove" tags={tags.map((id) => ({ id, title: id }))} onRemove={(id) => setTags(tags.filter((tag) => tag !== id))} />
          <div>
            <TickMenu label="List to tick" button="List to tick" sections={[{ title: 'Network', options: FRUIT.map((fruit) => ({ id: fruit.value, title: fruit.title })), ticked: chosen, onChange: (ticked) => setChosen(ticked as Fruit[]) }]} />
          </div>
          <Checkbox checked={on} onChange={setOn} hint="With a line that explains it">Checkbox</Checkbox>
          <Checkbox checked="some" onChange={() => undefined}>Some of what it stands for</Checkbox>
          <Checkbox checked={false} disabled onChange={() => undefined}>Cannot be chosen now</Checkbox>
        </div>
      </Specimen>
      <Specimen title="On or off">
        <Switch label="Switch" hint="Takes effect at once" on={on} onChange={setOn} />
      </Specimen>
      <Specimen title="Tabs">
        <Tabs label="Tabs" tabs={[{ href: '#/ui/controls', title: 'Brief', isCurrent: true }, { href: '#/ui/fields', title: 'Activity', isCurrent: false }, { href: '#/ui/data', title: 'Review', isCurrent: false, detail: '3' }]} />
      </Specimen>
      <Specimen title="Keys">
        <Keys presses={[['Ctrl', 'K'], ['G'], ['B']]} />
      </Specimen>
    </>
  );
};
