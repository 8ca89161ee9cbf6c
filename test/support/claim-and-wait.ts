import { writeSync } from 'node:fs';
import { claimDataDirectory } from '../../src-main/adapters/files/claim-data-directory.ts';
import { StoreFailure } from '../../src-main/ports/run-store.ts';

/** Claims a data directory, says so, and holds it until it is killed; refused, it says the fault and ends. */
const [directory = ''] = process.argv.slice(2);
try {
  const claim = await claimDataDirectory(directory, () => 1_700_000_000_000);
  await claim.announce('/run/some.sock');
  writeSync(1, 'claimed\n');
  setInterval(() => {}, 1 << 30);
} catch (error) {
  writeSync(1, `${error instanceof StoreFailure ? error.fault.code : String(error)}\n`);
}
