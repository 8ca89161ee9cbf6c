import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contrast } from '../../src-renderer/design-system/contrast.ts';

const css = readFileSync(join(import.meta.dirname, '../../src-renderer/ui/theme.css'), 'utf8');
const tokenOf = (theme: string, name: string): string => new RegExp(`\\[data-theme='${theme}'\\] \\{[^}]*--${name}: (#[0-9a-f]+)`).exec(css)?.[1] ?? '';

// 4.5 : 1 is level AA of WCAG 2.2, 7 : 1 level AAA.
it.each([['dark', 4.5], ['light', 4.5], ['contrast', 7]] as const)('text on what is filled can be read in the theme %s, also under the pointer', (theme, least) => {
  for (const ground of ['accent-fill', 'accent-fill-hover']) expect(contrast(tokenOf(theme, 'on-accent'), tokenOf(theme, ground))).toBeGreaterThanOrEqual(least);
});
