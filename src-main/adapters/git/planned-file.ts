import type { CurrentContent } from './current-content.ts';
import type { RawChange } from './raw-diff.ts';

/** One path that a landing changes in the working tree. */
export interface PlannedFile {
  readonly change: RawChange;
  readonly current: CurrentContent;
  /** The user changed it too: it is no longer what the base says. */
  readonly dirty: boolean;
}
