import { useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { missingForLaunch, obstacleToLaunch } from '../../src-main/domain/readiness.ts';
import { keysInWords } from '../client/action-keys.ts';
import { useActions } from '../client/actions.ts';
import { AWAY, useAway } from '../client/connection.ts';
import { takesMissing } from '../client/missing-first.ts';
import { hrefOf } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { CircleIcon, DownIcon, FileIcon, MoreIcon, PlayIcon, WarningIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { MenuButton, type MenuEntry } from '../ui/menu.tsx';
import { Segments } from '../ui/segments.tsx';
import { BriefForm } from './brief-form.tsx';
import { exportBrief, importBrief } from './brief-file.ts';
import { lastView, rememberView, type BriefView } from './brief-view.ts';
import { sendable } from './draft-text.ts';
import { focusMissing } from './focus-missing.ts';
import { MarkdownView } from './markdown-view.tsx';
import { ReadinessList } from './readiness-list.tsx';
import { useMarkdown } from './use-markdown.ts';
import { useReadiness } from './use-readiness.ts';
import { useScrollKeys } from './use-scroll-keys.ts';
import './brief.css';

interface Launch {
  readonly title: string;
  readonly busy: boolean;
  /** Why it has to wait, whatever the brief says; null: it need not. */
  readonly held: string | null;
  readonly run: () => void;
}

interface BriefEditorProps {
  /** What its Markdown is kept under while it cannot be read. */
  readonly name: string;
  readonly projectId: ProjectId;
  readonly number: number | null;
  readonly text: BriefText;
  readonly onChange: (text: BriefText) => void;
  /** Whether it is saved, quietly. */
  readonly sign: ReactNode;
  /** What must be said before the form. */
  readonly notice?: ReactNode;
  /** What stands beside the form below the readiness. */
  readonly side?: ReactNode;
  readonly buttons?: ReactNode;
  readonly menu?: readonly MenuEntry[];
  /** null: it cannot be launched now, as a run is under way. */
  readonly launch: Launch | null;
}

/** A brief to be written: as fields or as Markdown, with what it lacks beside it, and the launch. */
export const BriefEditor = ({ name, projectId, number, text, onChange, sign, notice, side, buttons, menu = [], launch }: BriefEditorProps): ReactElement => {
  const [view, setView] = useState(lastView);
  const scroller = useRef<HTMLDivElement>(null);
  const markdown = useMarkdown(name, text, onChange, view === 'markdown');
  useScrollKeys(scroller);
  const whole = useMemo(() => sendable(text), [text]);
  const readiness = useReadiness(projectId, whole.ok ? whole.text : text);
  const away = useAway();
  const obstacle = away ? `${AWAY}.` : markdown.unread ? 'The Markdown cannot be read yet.' : whole.ok ? (launch?.held ?? obstacleToLaunch(text)) : whole.message;
  const show = (next: BriefView): void => {
    if (next === 'markdown') markdown.open();
    setView(next);
  };
  const change = (next: BriefView): void => {
    rememberView(next);
    show(next);
  };
  const goToMissing = (): void => focusMissing(scroller.current, missingForLaunch(text)?.name);
  const start = (): void => {
    if (!launch || launch.busy) return;
    if (obstacle === null) launch.run();
    else goToMissing();
  };
  const arrive = useRef(launch !== null && obstacle !== null ? goToMissing : null);
  useEffect(() => {
    if (takesMissing(name)) arrive.current?.();
  }, [name]);
  useActions([
    // In the list of keys also while something is missing: then it leads there.
    ...(launch ? [{ title: 'Launch the brief', section: 'Brief', keys: 'mod+Enter', can: () => obstacle === null, run: start }] : []),
    { title: view === 'fields' ? 'Show the brief as Markdown' : 'Show the brief as fields', section: 'Brief', keys: 'm', run: () => change(view === 'fields' ? 'markdown' : 'fields') },
  ]);
  return (
    <div className="brief-tab">
      <div className="brief-bar">
        <Segments
          label="View"
          value={view}
          options={[
            { value: 'fields', title: 'Fields' },
            { value: 'markdown', title: 'Markdown' },
          ]}
          onChange={change}
        />
        {/* The service has the fields, and not what is typed in their place. */}
        {markdown.fault ? (
          <p className="save-sign muted" role="status" data-testid="save-state">
            <CircleIcon size={12} /> <span>Not saved: kept here until it can be read</span>
          </p>
        ) : (
          sign
        )}
        <span className="grow" />
        {launch && obstacle !== null && (
          // What keeps it from being saved is shown by the sign already.
          <span className={number === null || whole.ok ? 'hint brief-obstacle' : 'hidden-text'} id="launch-obstacle">
            {obstacle}
          </span>
        )}
        <MenuButton
          label="More for this brief"
          look="icon"
          button={<MoreIcon />}
          sections={[
            {
              entries: [
                { id: 'export', title: 'Export as a file', icon: <DownIcon />, onAction: () => void exportBrief(number === null ? 'brief' : `brief-${number}`, text) },
                { id: 'import', title: 'Read from a file…', icon: <FileIcon />, onAction: () => importBrief(onChange) },
                ...menu,
              ],
            },
          ]}
        />
        {buttons}
        {launch && (
          <Button look="primary" disabled={launch.busy} aria-disabled={obstacle !== null} title={obstacle ?? undefined} aria-describedby={obstacle === null ? undefined : 'launch-obstacle'} onClick={start}>
            <PlayIcon /> {obstacle === null && readiness.ready === false ? `${launch.title} anyway` : launch.title} <Keys presses={keysInWords('mod+Enter')} />
          </Button>
        )}
      </div>
      <div ref={scroller} className="brief-columns">
        <div className="brief-main">
          {notice}
          {view === 'fields' && markdown.fault && (
            <div className="notice amber" role="status">
              <WarningIcon />
              <p className="grow">
                <strong>The Markdown cannot be read yet.</strong> The fields show what the brief said before; they can be edited once it is corrected or dropped.
              </p>
              <Button onClick={markdown.discard}>Drop the Markdown</Button>
              <Button look="primary" onClick={() => show('markdown')}>
                Correct it
              </Button>
            </div>
          )}
          {view === 'fields' ? <BriefForm projectId={projectId} number={number} text={text} locked={markdown.unread} onChange={onChange} /> : <MarkdownView markdown={markdown} onDiscard={markdown.discard} />}
        </div>
        <div className="brief-side">
          <ReadinessList readiness={readiness} held={launch === null || obstacle !== null} />
          {side}
          <a href={hrefOf({ place: 'project', id: projectId })}>Environment of the project</a>
        </div>
      </div>
    </div>
  );
};
