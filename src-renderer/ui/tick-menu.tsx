import { useContext, type ReactElement, type ReactNode } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from 'react-aria-components';
import { AroundDialog } from './dialog.tsx';
import { CheckIcon } from './icons.tsx';

interface TickSection {
  readonly title: string;
  readonly options: readonly { readonly id: string; readonly title: string }[];
  readonly ticked: readonly string[];
  readonly onChange: (ticked: string[]) => void;
}

interface TickMenuProps {
  readonly label: string;
  readonly button: ReactNode;
  readonly sections: readonly TickSection[];
}

/** A button that opens a list of things to tick, any number of them; it stays open meanwhile. */
export const TickMenu = ({ label, button, sections }: TickMenuProps): ReactElement => {
  const around = useContext(AroundDialog);
  return (
    <MenuTrigger>
      <Button className="button" aria-label={label}>
        {button}
      </Button>
      <Popover className="popover" offset={4} {...(around && { UNSTABLE_portalContainer: around })}>
        <Menu className="menu" aria-label={label} shouldFocusWrap>
          {sections.map(({ title, options, ticked, onChange }) => (
            <MenuSection
              key={title}
              className="menu-section"
              selectionMode="multiple"
              selectedKeys={ticked.filter((id) => options.some((option) => option.id === id))}
              onSelectionChange={(keys) => onChange(keys === 'all' ? options.map(({ id }) => id) : [...keys].map(String))}
            >
              <Header className="menu-title">{title}</Header>
              {options.map((option) => (
                <MenuItem key={option.id} id={option.id} textValue={option.title} className="menu-item" shouldCloseOnSelect={false}>
                  {({ isSelected }) => (
                    <>
                      <span className="tick">{isSelected && <CheckIcon />}</span>
                      <Text slot="label" className="grow ellipsis">
                        {option.title}
                      </Text>
                    </>
                  )}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
};
