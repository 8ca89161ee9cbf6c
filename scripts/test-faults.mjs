// The long forms of the fault tests: every kill point instead of a choice of them, more seeds, longer series.
process.env.DRYDOCK_ALL_FAULTS = '1';
process.argv.push('test/faults');
await import('./test.mjs');
