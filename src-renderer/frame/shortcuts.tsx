import { useState, type ReactElement } from 'react';
import { create } from 'zustand';
import { keysInWords } from '../client/action-keys.ts';
import { listedActions } from '../client/actions.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import './shortcuts.css';

const useOpen = create<{ open: boolean }>(() => ({ open: false }));
export const openShortcuts = (): void => useOpen.setState({ open: true });

const Sheet = (): ReactElement => {
  const [actions] = useState(() => listedActions().filter((action) => action.keys !== undefined));
  return (
    <Dialog title="Keyboard" onClose={() => useOpen.setState({ open: false })}>
      <div className="shortcuts">
        {[...Map.groupBy(actions, (action) => action.section)].map(([section, each]) => (
          <section key={section}>
            <h3>{section}</h3>
            <dl>
              {each.map((action) => (
                <div key={action.title}>
                  <dt>{action.title}</dt>
                  <dd>{action.keys !== undefined && <Keys presses={keysInWords(action.keys)} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
};

/** What the keys do here. */
export const Shortcuts = (): ReactElement | null => (useOpen((state) => state.open) ? <Sheet /> : null);
