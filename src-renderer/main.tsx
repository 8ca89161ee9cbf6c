import './client/no-eval.ts';
// Before every slice, so that of two rules that are equally particular a slice's own is the one that holds.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './ui/theme.css';
import './ui/base.css';
import './ui/controls.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { desktop } from './client/desktop.ts';
import { returnToLastPlace } from './frame/last-place.ts';
import { keepSocketOpen } from './client/open-socket.ts';
import { receivePorts } from './client/receive-port.ts';
import { watchFleet } from './client/watch-fleet.ts';

const shell = desktop();
if (shell) receivePorts(shell);
else keepSocketOpen();
void watchFleet(new AbortController().signal);

returnToLastPlace();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
