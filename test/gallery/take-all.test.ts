import { expect, test } from 'vitest';
import type { GalleryState } from './state.ts';
import { takeAll } from './take-all.ts';
import type { Taken } from './take.ts';
import { LOOKS } from './looks.ts';

const state = (name: string): GalleryState => ({ name, title: name, hash: '', service: () => expect.fail('no service is needed'), ready: async () => undefined });
const picture = (name: string, look: string, violations: readonly string[] = []): Taken => ({ state: name, look, file: `${name}.${look}.png`, violations, problems: [] });
const [dark, light] = LOOKS;
const looks = [dark, light].filter((look) => look !== undefined);

test('two pictures are taken at a time, and listed in the order of the states', async () => {
  let atOnce = 0;
  let most = 0;
  const holds: (() => void)[] = [];
  const done = takeAll([state('a'), state('b'), state('c')], looks, async ({ name }, look) => {
    most = Math.max(most, (atOnce += 1));
    await new Promise<void>((resolve) => {
      holds.push(resolve);
    });
    atOnce -= 1;
    return picture(name, look.name);
  }, () => undefined);
  // The later of those under way ends first.
  while (holds.length > 0) {
    holds.pop()?.();
    for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
  }
  const { taken, wrong } = await done;
  expect(most).toBe(2);
  expect(taken.map(({ file }) => file)).toEqual(['a.dark.png', 'a.light.png', 'b.dark.png', 'b.light.png', 'c.dark.png', 'c.light.png']);
  expect(wrong).toBe(0);
});

test('whatever is wrong is told with its picture, counted once a picture, and keeps no other picture from being taken', async () => {
  const lines: string[] = [];
  const { taken, wrong } = await takeAll([state('broken'), state('bad'), state('good')], looks, async ({ name }, look) => {
    if (name === 'broken') throw new Error('nothing came');
    return picture(name, look.name, name === 'bad' ? ['one', 'two'] : []);
  }, (line) => lines.push(line));
  expect(wrong).toBe(4);
  expect(taken.map((one) => one.state)).toEqual(['bad', 'bad', 'good', 'good']);
  expect(lines.toSorted()).toEqual(['bad, dark: one', 'bad, dark: two', 'bad, light: one', 'bad, light: two', 'broken, dark: not taken: nothing came', 'broken, light: not taken: nothing came']);
});
