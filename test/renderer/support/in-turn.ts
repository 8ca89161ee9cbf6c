import type { Page } from 'playwright';

/** Presses keys one after the other as a quick hand does: a busy machine between two of them is no slow hand. */
export const inTurn = async (page: Page, ...keys: string[]): Promise<void> => {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
};
