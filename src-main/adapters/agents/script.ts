import type { Agent } from '../../ports/agent.ts';

/** Script mode: a command of the user's, and no model at all. */
export const scriptAgent: Agent = {
  name: 'script',
  refuses: ({ text }) => (text.runsWith.command.trim() === '' ? 'Script mode needs a command.' : null),
  start: ({ text }) => ({ command: text.runsWith.command }),
};
