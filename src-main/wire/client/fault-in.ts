import { ORPCError } from '@orpc/client';
import { fault, type Fault } from '../../contract/fault.ts';

/** The fault that an endpoint answered with; null when the error is something else, a cut connection for example. */
export function faultIn(error: unknown): Fault | null {
  if (!(error instanceof ORPCError)) return null;
  const parsed = fault.safeParse(error.data);
  if (error.code === 'FAULT' && parsed.success) return parsed.data;
  if (error.code === 'BAD_REQUEST') {
    return { code: 'invalid', message: `The service did not understand: ${issuesIn(error.data)}`, next: 'Correct what was asked for.' };
  }
  return { code: 'internal', message: `The service failed: ${error.message}`, next: 'Try again; if it stays, look at what the service prints.' };
}

/** The validation's own words, path first. */
function issuesIn(data: unknown): string {
  const issues = typeof data === 'object' && data !== null && 'issues' in data && Array.isArray(data.issues) ? data.issues : [];
  const words = issues.map((issue: { path?: unknown[]; message?: unknown }) => `${issue.path?.join('.') ?? ''} ${issue.message}`.trim());
  return words.join('; ') || 'the input is not what the contract asks for';
}
