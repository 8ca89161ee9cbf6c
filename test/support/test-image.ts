import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BASE_IMAGE_LATEST } from '../../resources/engine/base-image-tag.mjs';

const exec = promisify(execFile);
const IMAGES = join(import.meta.dirname, 'images');

/**
 * An image of the tests, built on the base image from the packages of its distribution: the folder of that name in `images`. Built once for one content on one
 * base image, and kept for the next run of the tests.
 */
export const testImage = async (name: 'postgres' | 'redis' | 'python' | 'c' | 'go' | 'rust'): Promise<string> => {
  const folder = join(IMAGES, name);
  const base = (await exec('docker', ['image', 'inspect', '--format', '{{.Id}}', BASE_IMAGE_LATEST])).stdout;
  const hash = createHash('sha256').update(base);
  for (const file of (await readdir(folder)).toSorted()) hash.update(file).update(await readFile(join(folder, file)));
  const reference = `drydock-test/${name}:${hash.digest('hex').slice(0, 12)}`;
  const isThere = await exec('docker', ['image', 'inspect', reference]).then(() => true, () => false);
  if (!isThere) await exec('docker', ['build', '--quiet', '--build-arg', `FROM=${BASE_IMAGE_LATEST}`, '--tag', reference, folder], { maxBuffer: 2 ** 24 });
  return reference;
};
