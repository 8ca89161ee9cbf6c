import { z } from 'zod';

/**
 * Imported before any schema: the page's Content Security Policy forbids eval, and the schema library would otherwise
 * probe for it and leave a violation in the console.
 */
z.config({ jitless: true });
