import type { ReactElement, ReactNode } from 'react';
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

interface MenuProps {
  /** Name of the button for readers, where its content is an icon. */
  readonly label?: string;
  readonly button: ReactNode;
  readonly look?: 'plain' | 'quiet' | 'icon' | 'primary';
  readonly sections: readonly { readonly title?: string; readonly entries: readonly MenuEntry[] }[];
}

/** A button that opens a menu. */
export const MenuButton = ({ label, button, look = 'plain', sections }: MenuProps): ReactElement => (
  <MenuTrigger>
    <Button className={`button${look === 'plain' ? '' : look === 'icon' ? ' quiet icon' : ` ${look}`}`} {...(label !== undefined && { 'aria-label': label })}>
      {button}
    </Button>
    <Popover className="popover" offset={4}>
      <Menu className="menu" {...(label !== undefined && { 'aria-label': label })}>
        {sections.map((section, at) => (
          <MenuSection key={section.title ?? at} className="menu-section" {...(section.title === undefined && { 'aria-label': label ?? 'Actions' })}>
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
        ))}
      </Menu>
    </Popover>
  </MenuTrigger>
);
