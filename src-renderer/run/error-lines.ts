import { ERROR_PATTERN, looksLikeError } from '../client/error-words.ts';
import type { Wanted } from './scan-log.ts';

/** Lines that look like errors, for scanning a log. */
export const errorLines = (): Wanted => ({ pattern: new RegExp(ERROR_PATTERN), accepts: looksLikeError });
