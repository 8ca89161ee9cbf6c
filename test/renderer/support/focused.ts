import type { Page } from 'playwright';

/** An attribute of what has the focus; null where it has none such. */
export const focused = (page: Page, attribute: string): Promise<string | null> =>
  page.evaluate<string | null>(`document.activeElement?.getAttribute(${JSON.stringify(attribute)}) ?? null`);
