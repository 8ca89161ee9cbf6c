import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const side = z.number().int().min(-100_000).max(100_000);
const savedBounds = z.object({
  x: side,
  y: side,
  width: z.number().int().min(400).max(100_000),
  height: z.number().int().min(300).max(100_000),
  maximized: z.boolean(),
});
export type SavedBounds = z.infer<typeof savedBounds>;
type Rectangle = Pick<SavedBounds, 'x' | 'y' | 'width' | 'height'>;

/** As much of the title bar must be on a screen that a person can grab it. Device-independent pixels. */
const GRIP = 48;

/** Where the window was, or null: never saved, damaged, or not ours to understand. Losing it costs nothing. */
export function readBounds(file: string): SavedBounds | null {
  try {
    return savedBounds.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Writes beside and renames, so that a cut leaves the old place; at once, because the app may be quitting. A place that
 * cannot be written is not worth keeping a person from closing the window.
 */
export function writeBounds(file: string, bounds: SavedBounds): void {
  const beside = `${file}.new`;
  try {
    writeFileSync(beside, JSON.stringify(bounds), { mode: 0o600 });
    renameSync(beside, file);
  } catch {
    // The next window opens where this one did.
  }
}

/** Whether a window at this place could still be seen and moved: screens get unplugged. */
export function isReachable(bounds: Rectangle, screens: readonly Rectangle[]): boolean {
  return screens.some((screen) => {
    const across = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    return across >= GRIP && bounds.y >= screen.y && bounds.y <= screen.y + screen.height - GRIP;
  });
}
