import './client/no-eval.ts';
import './client/connect.ts';
// Before every slice, so that of two rules that are equally particular a slice's own is the one that holds.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './ui/theme.css';
import './ui/base.css';
import './ui/controls.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { returnToLastPlace } from './frame/last-place.ts';

returnToLastPlace();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
