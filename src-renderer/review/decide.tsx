import { useState, type ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useActions } from '../client/actions.ts';
import { landedBranch, landedInWords } from '../client/landed-words.ts';
import { Button } from '../ui/button.tsx';
import { CopyIcon } from '../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../ui/menu.tsx';
import { showDone } from '../ui/toast.tsx';
import type { Decisions } from './use-decisions.ts';

/** Something short that can be copied: a path, the name of a branch. */
export const Copyable = ({ text, what }: { readonly text: string; readonly what: string }): ReactElement => (
  <span className="copyable">
    <code className="literal ellipsis" title={visibleText(text)}>
      {visibleText(text)}
    </code>
    <Button
      look="icon"
      className="small"
      aria-label={`Copy ${what}`}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => showDone('Copied.'),
          () => undefined,
        );
      }}
    >
      <CopyIcon size={12} />
    </Button>
  </span>
);

/** What was landed, with what is to be copied of it. */
export const Landed = ({ run }: { readonly run: Run }): ReactElement => (
  <>
    {run.landed.map((landed) => {
      const branch = landedBranch(landed);
      return (
        <span key={landed.landing} className="landed tag tone-green">
          {branch === null ? landedInWords(landed) : 'Landed on'}
          {branch !== null && <Copyable text={branch} what="the branch name" />}
          {landed.commit && <code className="muted">{landed.commit.slice(0, 8)}</code>}
        </span>
      );
    })}
  </>
);

/** The decisions on a result. */
export const Decide = ({ decisions }: { readonly decisions: Decisions }): ReactElement => {
  const { busy, land, isOpen, isLanded, landLater, tryOut, close, backlog, runAgain } = decisions;
  const [asked, setAsked] = useState(false);
  const [more, setMore] = useState(false);
  const entries: MenuEntry[] = [
    ...(runAgain ? [{ id: 'again', title: 'Run again', detail: <kbd>⇧R</kbd>, onAction: () => runAgain() }] : []),
    ...(backlog ? [{ id: 'backlog', title: 'Put into the backlog', detail: <kbd>⇧B</kbd>, onAction: backlog }] : []),
  ];
  useActions(entries.length > 0 ? [{ title: 'More decisions', section: 'Review', keys: 'm', run: () => setMore(true) }] : []);
  return (
    <div className="row decide">
      {entries.length > 0 && (
        <MenuButton
          label="More decisions"
          look="quiet"
          button={
            <>
              More <kbd aria-hidden="true">M</kbd>
            </>
          }
          sections={[{ entries }]}
          opened={{ isOpen: more, onOpenChange: setMore }}
        />
      )}
      {/* The second of two quick clicks would meet the next result. */}
      {close && (
        <Button look="quiet" disabled={busy} title="The brief is done without landing; its result is kept" aria-keyshortcuts="d" onClick={(event) => event.detail < 2 && close()}>
          Close brief <kbd aria-hidden="true">D</kbd>
        </Button>
      )}
      {tryOut && (
        <Button
          disabled={busy || asked}
          title="A private clone to run and edit before deciding"
          aria-keyshortcuts="t"
          onClick={() => {
            setAsked(true);
            void tryOut().finally(() => setAsked(false));
          }}
        >
          {asked ? 'Making a clone…' : 'Try'} <kbd aria-hidden="true">T</kbd>
        </Button>
      )}
      {landLater !== null && (
        <Button look="primary" disabled title={landLater}>
          {landLater}
        </Button>
      )}
      {land && (
        <Button {...(isOpen && { look: 'primary' })} disabled={busy} aria-keyshortcuts="a" onClick={land}>
          {isLanded ? 'Land again…' : 'Land…'} <kbd aria-hidden="true">A</kbd>
        </Button>
      )}
    </div>
  );
};
