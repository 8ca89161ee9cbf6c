import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { baseImageTag } from '../../resources/engine/base-image-tag.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd-tag-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM a\nRUN b\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is the same for the same content, whatever git made of the line ends', () => {
  const tag = baseImageTag(folder);
  expect(tag).toMatch(/^drydock\/base:[0-9a-f]{12}$/);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM a\r\nRUN b\r\n');
  expect(baseImageTag(folder)).toBe(tag);
});

it('changes with a byte, and with a file', () => {
  const tags = new Set([baseImageTag(folder)]);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM a\nRUN c\n');
  tags.add(baseImageTag(folder));
  writeFileSync(join(folder, 'packages'), '');
  tags.add(baseImageTag(folder));
  expect(tags.size).toBe(3);
});
