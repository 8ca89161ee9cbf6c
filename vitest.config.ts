import { defineConfig } from 'vitest/config';

/** Real containers, git and a browser: files run two at a time on two cores, and a hang is cut off rather than waited for. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes in its own time: a busy machine fails no test.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
