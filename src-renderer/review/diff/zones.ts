import type { editor } from 'monaco-editor/editor/editor.api.js';

/** Room between two lines of an editor for something of the window's own. */
export interface Zone {
  readonly key: string;
  /** The line that it stands behind; 0: before the first. */
  readonly after: number;
  /** In pixels, until its content is measured. */
  readonly height: number;
  /** Order among the zones behind one line. */
  readonly order: number;
  /** Only room: the other side has something here. */
  readonly blank?: boolean;
  /** Stays in the document when it is scrolled out of sight, as a text that is being typed must. */
  readonly keep?: boolean;
}

interface Held {
  readonly zone: Zone;
  readonly view: editor.IViewZone;
  id: string;
  widget: editor.IOverlayWidget | null;
}

/** Pixels beyond the editor's edges within which a zone is drawn already. */
const NEAR = 200;

/**
 * Zones of one editor: what is in sight has an element, which its owner fills. The editor's own view zones lie beneath its lines and
 * take no clicks, so that each is only room, and the element floats above it.
 */
export const createZones = (of: editor.ICodeEditor, changed: (elements: ReadonlyMap<string, HTMLElement>) => void) => {
  const held = new Map<string, Held>();
  const elements = new Map<string, HTMLElement>();
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    queueMicrotask(() => {
      told = false;
      changed(new Map(elements));
    });
  };
  const sizes = new ResizeObserver((entries) => {
    const grown = entries.flatMap(({ target }) => {
      const each = held.get((target as HTMLElement).dataset['zone'] ?? '');
      const height = (target as HTMLElement).offsetHeight;
      if (!each || height === 0 || each.view.heightInPx === height) return [];
      each.view.heightInPx = height;
      return [each];
    });
    if (grown.length > 0) of.changeViewZones((zones) => grown.forEach(({ id }) => zones.layoutZone(id)));
  });
  const place = (element: HTMLElement): void => {
    const { width, contentLeft, verticalScrollbarWidth } = of.getLayoutInfo();
    element.style.width = `${width - verticalScrollbarWidth}px`;
    element.style.setProperty('--gutter', `${contentLeft}px`);
  };
  const mount = (each: Held): HTMLElement => {
    const element = document.createElement('div');
    element.className = 'diff-zone';
    element.dataset['zone'] = each.zone.key;
    element.addEventListener('wheel', (event) => (of as editor.ICodeEditor & { delegateScrollFromMouseWheelEvent(event: WheelEvent): void }).delegateScrollFromMouseWheelEvent(event), { passive: true });
    place(element);
    each.widget = { getId: () => `zone ${each.zone.key}`, getDomNode: () => element, getPosition: () => null };
    of.addOverlayWidget(each.widget);
    elements.set(each.zone.key, element);
    sizes.observe(element);
    tell();
    return element;
  };
  const unmount = (each: Held): void => {
    const element = elements.get(each.zone.key);
    if (element) sizes.unobserve(element);
    if (each.widget) of.removeOverlayWidget(each.widget);
    each.widget = null;
    if (elements.delete(each.zone.key)) tell();
  };
  const scrolled = (each: Held, top: number): void => {
    const inSight = top > -(each.view.heightInPx ?? 0) - NEAR && top < of.getLayoutInfo().height + NEAR;
    if (!inSight && !each.zone.keep) {
      if (each.widget) unmount(each);
      return;
    }
    const element = elements.get(each.zone.key) ?? mount(each);
    element.style.top = `${inSight ? top : -10_000}px`;
  };
  const hold = (zone: Zone): Held => {
    const room = document.createElement('div');
    const margin = document.createElement('div');
    if (zone.blank) room.className = margin.className = 'diff-zone-blank';
    const each: Held = {
      zone,
      id: '',
      widget: null,
      view: { afterLineNumber: zone.after, heightInPx: zone.height, domNode: room, marginDomNode: margin, ordinal: zone.order, ...(!zone.blank && { onDomNodeTop: (top: number) => scrolled(each, top) }) },
    };
    return each;
  };
  const layout = of.onDidLayoutChange(() => elements.forEach(place));

  return {
    /** Makes these the zones, and no others; one that stays where it is stays as it is. */
    set(wanted: readonly Zone[]): void {
      const next = new Map(wanted.map((zone) => [zone.key, zone]));
      of.changeViewZones((zones) => {
        for (const [key, each] of held) {
          const zone = next.get(key);
          if (zone && zone.after === each.zone.after && zone.order === each.zone.order) continue;
          zones.removeZone(each.id);
          unmount(each);
          held.delete(key);
        }
        for (const zone of wanted) {
          if (held.has(zone.key)) continue;
          const each = hold(zone);
          held.set(zone.key, each);
          each.id = zones.addZone(each.view);
          // Where it is comes with the next frame; that it is there is needed now.
          if (zone.keep) mount(each).style.top = '-10000px';
        }
      });
    },
    dispose(): void {
      layout.dispose();
      sizes.disconnect();
    },
  };
};
