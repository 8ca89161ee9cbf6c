import { writeFileSync } from 'node:fs';

/**
 * A reporter for vitest that writes the skipped tests with their reasons to the file named by DRYDOCK_SKIPPED_TESTS:
 * vitest's own JSON leaves out the note given to `skip('…')`.
 */
export default class SkippedTestsReporter {
  onTestRunEnd(modules) {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => describe(module, test)),
    );
    writeFileSync(process.env.DRYDOCK_SKIPPED_TESTS, JSON.stringify(skipped));
  }
}

function describe(module, test) {
  return {
    name: `${module.relativeModuleId} > ${test.fullName}`,
    reason: test.result().note ?? reasonInTitle(test.fullName),
  };
}

/** For tests that are skipped where they are declared: a title that ends in "(needs …)" says why. */
function reasonInTitle(name) {
  return /\(([^()]+)\)$/.exec(name)?.[1] ?? 'no reason given';
}
