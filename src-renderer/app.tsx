import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react';
import { Board } from './board/board.tsx';
import { QuestionDialog } from './board/question-dialog.tsx';
import { Welcome } from './board/welcome.tsx';
import { BriefPage } from './brief-page.tsx';
import { NewBrief } from './brief/new-brief.tsx';
import { keysInWords } from './client/action-keys.ts';
import { useActions } from './client/actions.ts';
import { useFleet, useProject } from './client/fleet-store.ts';
import { loadPart } from './client/load-part.ts';
import { hrefOf, listBehind, pageBehind, useRoute, type Route } from './client/route.ts';
import { Banners } from './frame/banners.tsx';
import { useUnseen } from './client/unseen.ts';
import { BrokenPlace } from './frame/broken-place.tsx';
import { ChooseProject } from './frame/choose-project.tsx';
import { useGlobalActions } from './frame/global-actions.ts';
import { Header } from './frame/header.tsx';
import { useLastPlace } from './frame/last-place.ts';
import { PageHead } from './frame/page-head.tsx';
import { usePageTitle, useWayTo } from './frame/page-title.ts';
import { Palette } from './frame/palette.tsx';
import { Rail } from './frame/rail.tsx';
import { Shortcuts } from './frame/shortcuts.tsx';
import { SkipLink } from './frame/skip-link.tsx';
import { Tour } from './frame/tour.tsx';
import { useTheme } from './frame/use-theme.ts';
import { HistoryPage } from './history/history-page.tsx';
import { AddProject } from './project/add-project.tsx';
import { addSample } from './project/add-sample.ts';
import { useReviewKeysHeld } from './review/opening.ts';
import { QueuePage } from './review/queue-page.tsx';
import { useEditorAhead } from './review/use-editor-ahead.ts';
import { RunStream } from './run/run-stream.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { Toasts } from './ui/toast.tsx';
import { visibleText } from '../src-main/domain/visible-text.ts';
import './frame/frame.css';

/** Not part of what a window loads: whoever wants to see every primitive opens #/ui. */
const DesignSystemPage = lazy(() => loadPart(() => import('./design-system/design-system-page.tsx').then((module) => ({ default: module.DesignSystemPage }))));

const fleetPage = () => loadPart(() => import('./fleet/fleet-page.tsx').then((module) => ({ default: module.FleetPage })));
const environmentPage = () => loadPart(() => import('./project/environment-page.tsx').then((module) => ({ default: module.EnvironmentPage })));
/** Not what a window opens with: they come when nothing else is to be done, or when they are gone to. */
const FleetPage = lazy(fleetPage);
const EnvironmentPage = lazy(environmentPage);

const usePagesAhead = (): void => {
  const isLoaded = useFleet((fleet) => fleet.loaded);
  useEffect(() => {
    // While what is looked at is still on its way, they would keep it waiting.
    if (!isLoaded) return undefined;
    const asked = requestIdleCallback(() => void Promise.allSettled([fleetPage(), environmentPage()]));
    return () => cancelIdleCallback(asked);
  }, [isLoaded]);
};

const BoardPlace = ({ projectId }: { readonly projectId: string | null }): ReactElement => {
  const [adding, setAdding] = useState(false);
  const hasProject = useFleet((fleet) => Object.keys(fleet.projects).length > 0);
  useActions([{ title: 'Add a project', section: 'Board', also: 'repository folder', run: () => setAdding(true) }]);
  return (
    <>
      <Header projectId={projectId} onAddProject={() => setAdding(true)} />
      <Tour />
      <main>
        {hasProject ? <Board projectId={projectId} /> : <Welcome onAddProject={() => setAdding(true)} onAddSample={addSample} />}
      </main>
      {adding && <AddProject onClose={() => setAdding(false)} />}
    </>
  );
};

const ProjectPlace = ({ id, isNew }: { readonly id: string; readonly isNew: boolean }): ReactElement => {
  const project = useProject(id);
  const back = useWayTo(isNew ? listBehind() : pageBehind());
  if (!project) return <BoardPlace projectId={null} />;
  return (
    <>
      <PageHead back={back} title={isNew ? 'New brief' : 'Environment'} place={isNew ? <ChooseProject id={id} /> : visibleText(project.name)} />
      <main>{isNew ? <NewBrief key={id} projectId={project.id} /> : <Suspense fallback={<Skeleton />}><EnvironmentPage key={id} project={project} stream={RunStream} /></Suspense>}</main>
    </>
  );
};

/** A place of the rail: its head, and what is in it. */
const RailPlace = ({ title, children }: { readonly title: string; readonly children: ReactElement }): ReactElement => (
  <>
    <PageHead title={title} />
    <Tour />
    <main>{children}</main>
  </>
);

const Place = ({ route }: { readonly route: Route }): ReactElement => {
  switch (route.place) {
    case 'board':
      return <BoardPlace projectId={route.project} />;
    case 'review':
      return <RailPlace title="Review"><QueuePage /></RailPlace>;
    case 'fleet':
      return <RailPlace title="Fleet"><Suspense fallback={<Skeleton />}><FleetPage /></Suspense></RailPlace>;
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
  const route = useRoute();
  const loaded = useFleet((fleet) => fleet.loaded);
  const unseen = useUnseen();
  useTheme();
  useGlobalActions();
  useLastPlace();
  usePageTitle();
  useEditorAhead();
  usePagesAhead();
  useReviewKeysHeld();
  return (
    <div className="window" data-unseen={unseen !== null || undefined}>
      <SkipLink />
      <Rail />
      <div className="frame">
        <Banners />
        {loaded ? (
          <BrokenPlace at={hrefOf(route)}>
            <Place route={route} />
          </BrokenPlace>
        ) : (
          <main>
            <Skeleton lines={6} label="Connecting to the service" />
          </main>
        )}
      </div>
      <Toasts offerKeys={keysInWords('mod+z')[0] ?? []} />
      {/* Also what the board's last message offers asks, wherever it is taken. */}
      <QuestionDialog />
      <Palette />
      <Shortcuts />
    </div>
  );
};
