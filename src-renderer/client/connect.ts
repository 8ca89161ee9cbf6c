import { desktop } from './desktop.ts';
import { keepSocketOpen } from './open-socket.ts';
import { receivePorts } from './receive-port.ts';
import { watchFleet } from './watch-fleet.ts';

// Done by its import, as the first thing in the window: what the service has to say is on its way while the rest is still being read.
const shell = desktop();
if (shell) receivePorts(shell);
else keepSocketOpen();
void watchFleet(new AbortController().signal);
