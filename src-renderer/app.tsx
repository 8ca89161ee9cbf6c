import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Board } from './board/board.tsx';
import { Welcome } from './board/welcome.tsx';
import { BriefPage } from './brief-page.tsx';
import { NewBrief } from './brief/new-brief.tsx';
import { useFleet, useProject } from './client/fleet-store.ts';
import { useRoute } from './client/route.ts';
import { FleetPage } from './fleet/fleet-page.tsx';
import { Banners } from './frame/banners.tsx';
import { ChooseProject } from './frame/choose-project.tsx';
import { useGlobalActions } from './frame/global-actions.ts';
import { Header } from './frame/header.tsx';
import { useLastPlace } from './frame/last-place.ts';
import { PageHead } from './frame/page-head.tsx';
import { usePageTitle } from './frame/page-title.ts';
import { Palette } from './frame/palette.tsx';
import { Rail } from './frame/rail.tsx';
import { Shortcuts } from './frame/shortcuts.tsx';
import { SkipLink } from './frame/skip-link.tsx';
import { Tour } from './frame/tour.tsx';
import { useTheme } from './frame/use-theme.ts';
import { HistoryPage } from './history/history-page.tsx';
import { AddProject } from './project/add-project.tsx';
import { addSample } from './project/add-sample.ts';
import { EnvironmentPage } from './project/environment-page.tsx';
import { QueuePage } from './review/queue-page.tsx';
import { useEditorAhead } from './review/use-editor-ahead.ts';
import { SettingsPage } from './settings/settings-page.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { Toasts } from './ui/toast.tsx';
import { visibleText } from '../src-main/domain/visible-text.ts';
import './frame/frame.css';

/** Not part of what a window loads: whoever wants to see every primitive opens #/ui. */
const DesignSystemPage = lazy(() => import('./design-system/design-system-page.tsx').then((module) => ({ default: module.DesignSystemPage })));

const BoardPlace = ({ projectId }: { readonly projectId: string | null }): ReactElement => {
  const [adding, setAdding] = useState(false);
  const hasProject = useFleet((fleet) => Object.keys(fleet.projects).length > 0);
  return (
    <>
      <Header projectId={projectId} onAddProject={() => setAdding(true)} />
      <main>
        {hasProject ? <Board projectId={projectId} /> : <Welcome onAddProject={() => setAdding(true)} onAddSample={addSample} />}
      </main>
      {adding && <AddProject onClose={() => setAdding(false)} />}
    </>
  );
};

const ProjectPlace = ({ id, isNew }: { readonly id: string; readonly isNew: boolean }): ReactElement => {
  const project = useProject(id);
  if (!project) return <BoardPlace projectId={null} />;
  const back = { href: '#/board', title: 'Board' };
  return (
    <>
      <PageHead back={back} title={isNew ? 'New brief' : 'Environment'} place={isNew ? <ChooseProject id={id} /> : visibleText(project.name)} />
      <main>{isNew ? <NewBrief key={id} projectId={project.id} /> : <EnvironmentPage key={id} project={project} />}</main>
    </>
  );
};

/** A place of the rail: its head, and what is in it. */
const RailPlace = ({ title, children }: { readonly title: string; readonly children: ReactElement }): ReactElement => (
  <>
    <PageHead title={title} />
    <main>{children}</main>
  </>
);

const Place = (): ReactElement => {
  const route = useRoute();
  switch (route.place) {
    case 'board':
      return <BoardPlace projectId={route.project} />;
    case 'review':
      return <RailPlace title="Review"><QueuePage /></RailPlace>;
    case 'fleet':
      return <RailPlace title="Fleet"><FleetPage /></RailPlace>;
    case 'history':
      return <RailPlace title="History"><HistoryPage /></RailPlace>;
    case 'settings':
      return <RailPlace title="Settings"><SettingsPage section={route.section ?? null} /></RailPlace>;
    case 'ui':
      return (
        <RailPlace title="Design">
          <Suspense fallback={<Skeleton />}>
            <DesignSystemPage section={route.section} />
          </Suspense>
        </RailPlace>
      );
    case 'newBrief':
      return <ProjectPlace id={route.project} isNew />;
    case 'project':
      return <ProjectPlace id={route.id} isNew={false} />;
    case 'brief':
      return <BriefPage id={route.id} tab={route.tab} runId={route.run} fromQueue={route.queue ?? false} />;
  }
};

/** The window: the five places, what concerns all of it on top, below it the place that the address names. */
export const App = (): ReactElement => {
  const loaded = useFleet((fleet) => fleet.loaded);
  useTheme();
  useGlobalActions();
  useLastPlace();
  usePageTitle();
  useEditorAhead();
  return (
    <div className="window">
      <SkipLink />
      <Rail />
      <div className="frame">
        <Banners />
        {loaded ? (
          <Place />
        ) : (
          <main>
            <Skeleton lines={6} label="Connecting to the service" />
          </main>
        )}
      </div>
      <Tour />
      <Toasts />
      <Palette />
      <Shortcuts />
    </div>
  );
};
