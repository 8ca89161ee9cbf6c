import type { BrowserContextOptions } from 'playwright';
import type { Settings } from '../../src-main/contract/settings.ts';

/** One way in which every screen is looked at. */
export interface Look {
  readonly name: string;
  readonly theme: Settings['theme'];
  readonly options: BrowserContextOptions;
}

const at = (width: number, height: number): BrowserContextOptions => ({ viewport: { width, height } });

/** 200 % zoom is half the width in CSS pixels, drawn with twice as many (WCAG 2.2, 1.4.4 and 1.4.10). */
export const LOOKS: readonly Look[] = [
  { name: 'dark', theme: 'dark', options: at(1440, 900) },
  { name: 'light', theme: 'light', options: at(1440, 900) },
  { name: 'contrast', theme: 'contrast', options: at(1440, 900) },
  { name: 'narrow', theme: 'dark', options: at(900, 800) },
  { name: 'wide', theme: 'light', options: at(2200, 1200) },
  { name: 'zoom', theme: 'light', options: { ...at(720, 450), deviceScaleFactor: 2 } },
];
