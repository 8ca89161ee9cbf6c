import { startService } from '../../src-main/start-service.ts';

/** A service in a process of its own, to be killed. Argument: data directory. Says when it is up. */
const [dataDirectory = ''] = process.argv.slice(2);
await startService({ dataDirectory });
process.stdout.write('up\n');
// Nothing else of an idle service keeps the process alive for certain.
setInterval(() => {}, 3_600_000);
