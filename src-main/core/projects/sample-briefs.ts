import type { z } from 'zod';
import type { briefText } from '../../contract/brief.ts';

/** The briefs of the sample project: one of each kind of result, none of which needs a model or the internet. */
export const SAMPLE_BRIEFS: readonly z.input<typeof briefText>[] = [
  {
    goal: 'Price totals round half a cent up, as the invoice test asks',
    context: 'total() cuts fractions of a cent off. tests/price.test.js shows what is expected and fails today.',
    scope: { inPlay: ['src/**'], offLimits: ['tests/**'], workingDirectory: '' },
    checks: [{ command: 'node --test', timeoutSeconds: 120, expect: 'failsThenPasses' }],
    runsWith: { mode: 'script', command: 'echo "Looking for Math.floor in src/"\ngrep -n Math.floor src/*.js\nsed -i "s/Math.floor/Math.round/" src/price.js\necho Done' },
    timeBudgetMinutes: 5,
  },
  {
    goal: 'Greeting module is called welcome, everywhere',
    context: 'A rename over several files, to see a larger diff: one file moves, its users follow.',
    checks: [{ command: 'node --check src/welcome.js && node --check src/main.js', timeoutSeconds: 60 }],
    runsWith: {
      mode: 'script',
      command: 'set -e\ngit --version\nmv src/greeting.js src/welcome.js\nsed -i "s/greeting/welcome/g" src/*.js README.md\nfor n in 1 2 3 4 5; do echo "file $n checked"; sleep 0.4; done',
    },
    timeBudgetMinutes: 5,
  },
  {
    goal: 'The work container has no network',
    context: 'Nothing is changed for the better here: read the log to see what a command finds when it looks for a way out.',
    runsWith: {
      mode: 'script',
      command: 'echo "Interfaces:"; ls /sys/class/net\necho "Routes:"; cat /proc/net/route\necho "A name:"; getent hosts example.com || echo "no name is resolved"\ndate -u +%F > LAST-LOOK.txt',
    },
    timeBudgetMinutes: 5,
  },
];
