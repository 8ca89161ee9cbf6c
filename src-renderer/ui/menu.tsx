import { useRef, type ReactElement, type ReactNode } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly icon?: ReactNode;
  /** What stands at the end of the line: a key, a count. */
  readonly detail?: ReactNode;
  readonly tone?: 'red';
  readonly disabled?: boolean;
  readonly onAction: () => void;
}

export type MenuSections = readonly { readonly title?: string; readonly entries: readonly MenuEntry[] }[];

const Sections = (sections: MenuSections, label: string): ReactElement[] =>
  sections.map((section, at) => (
    <MenuSection key={section.title ?? at} className="menu-section" {...(section.title === undefined && { 'aria-label': label })}>
      {section.title !== undefined && <Header className="menu-title">{section.title}</Header>}
      {section.entries.map((entry) => (
        <MenuItem key={entry.id} id={entry.id} textValue={entry.title} isDisabled={entry.disabled ?? false} onAction={entry.onAction} className={`menu-item${entry.tone ? ` tone-${entry.tone}` : ''}`}>
          {entry.icon}
          <Text slot="label" className="grow ellipsis">
            {entry.title}
          </Text>
          {entry.detail !== undefined && <span className="muted">{entry.detail}</span>}
        </MenuItem>
      ))}
    </MenuSection>
  ));

interface MenuProps {
  /** Name of the button for readers, where its content is an icon. */
  readonly label?: string;
  readonly button: ReactNode;
  readonly look?: 'plain' | 'quiet' | 'icon' | 'primary';
  readonly sections: MenuSections;
  /** For what opens it from elsewhere too, as a key does. */
  readonly opened?: { readonly isOpen: boolean; readonly onOpenChange: (open: boolean) => void };
}

/** A button that opens a menu. */
export const MenuButton = ({ label, button, look = 'plain', sections, opened }: MenuProps): ReactElement => (
  <MenuTrigger {...opened}>
    <Button className={`button${look === 'plain' ? '' : look === 'icon' ? ' quiet icon' : ` ${look}`}`} {...(label !== undefined && { 'aria-label': label })}>
      {button}
    </Button>
    <Popover className="popover" offset={4}>
      <Menu className="menu" {...(label !== undefined && { 'aria-label': label })} {...(opened && { autoFocus: 'first' })}>
        {Sections(sections, label ?? 'Actions')}
      </Menu>
    </Popover>
  </MenuTrigger>
);

interface ContextMenuProps {
  readonly label: string;
  /** Where on the window it opens, in pixels. */
  readonly at: { readonly x: number; readonly y: number };
  readonly sections: MenuSections;
  readonly onClose: () => void;
}

/** A menu that opens where the pointer is; the focus goes back to where it was. */
export const ContextMenu = ({ label, at, sections, onClose }: ContextMenuProps): ReactElement => {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} style={{ position: 'fixed', left: at.x, top: at.y }} />
      <Popover className="popover" triggerRef={anchor} isOpen placement="bottom start" offset={2} onOpenChange={(open) => !open && onClose()}>
        <Menu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
          {Sections(sections, label)}
        </Menu>
      </Popover>
    </>
  );
};
