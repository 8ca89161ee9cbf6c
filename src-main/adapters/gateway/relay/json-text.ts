import { z } from 'zod';

/** JSON as text, parsed; a schema of what it says is to follow. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
