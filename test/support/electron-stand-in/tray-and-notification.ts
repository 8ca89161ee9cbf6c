import type * as Electron from 'electron';
import { Events } from './events.ts';
import { knownMembersOnly } from './known-members.ts';

/** A tray as a test sees it. */
export interface OpenedTray {
  toolTip: string;
  title: string;
  menu: readonly Electron.MenuItemConstructorOptions[];
  /** As a person clicks the icon. */
  click(): void;
  /** As a person chooses an item of its menu. */
  choose(label: string): void;
}

/** The class `Tray`, noting each that is made. */
export function standInTray(trays: OpenedTray[], templateOf: (menu: Electron.Menu) => Electron.MenuItemConstructorOptions[]) {
  return class {
    constructor(_image: Electron.NativeImage | string) {
      const events = new Events<Electron.Tray>('Tray', ['click']);
      const opened: OpenedTray = {
        toolTip: '',
        title: '',
        menu: [],
        click: () => events.emit('click', {}),
        choose: (label) => {
          const item = opened.menu.find((each) => each.label === label);
          if (item?.click === undefined || item.enabled === false) throw new Error(`The tray has no item ${label}`);
          item.click({} as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
        },
      };
      trays.push(opened);
      const tray = knownMembersOnly('Tray', {
        ...events.members,
        setToolTip: (text: string) => void (opened.toolTip = text),
        setTitle: (text: string) => void (opened.title = text),
        setContextMenu: (menu: Electron.Menu | null) => void (opened.menu = menu === null ? [] : templateOf(menu)),
      } satisfies Pick<Electron.Tray, 'on' | 'once' | 'setToolTip' | 'setTitle' | 'setContextMenu'>) as Electron.Tray;
      events.self = tray;
      return tray as object;
    }
  };
}

/** A notification that was shown, as a test sees it. */
export interface ShownNotification {
  readonly options: Electron.NotificationConstructorOptions;
  /** As a person clicks it. */
  click(): void;
}

const OPTIONS: ReadonlySet<string> = new Set(['title', 'body'] satisfies (keyof Electron.NotificationConstructorOptions)[]);

/** The class `Notification`, noting each that is shown. */
export function standInNotification(shown: ShownNotification[], onShown: () => void) {
  class StandInNotification {
    static isSupported(): boolean {
      return true;
    }
    constructor(options: Electron.NotificationConstructorOptions = {}) {
      for (const name of Object.keys(options)) if (!OPTIONS.has(name)) throw new Error(`The stand-in of electron knows no notification option ${name}`);
      const events = new Events<Electron.Notification>('Notification', ['click', 'close']);
      const notification = knownMembersOnly('Notification', {
        ...events.members,
        show: () => {
          shown.push({ options, click: () => events.emit('click', {}) });
          onShown();
        },
      } satisfies Pick<Electron.Notification, 'on' | 'once' | 'show'>) as unknown as Electron.Notification;
      events.self = notification;
      return notification as object;
    }
  }
  return knownMembersOnly('Notification', StandInNotification) satisfies Pick<typeof Electron.Notification, 'isSupported'>;
}
