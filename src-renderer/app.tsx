import { useState, type ReactElement } from 'react';
import { Board } from './board/board.tsx';
import { Welcome } from './board/welcome.tsx';
import { BriefPage } from './brief-page.tsx';
import { NewBrief } from './brief/new-brief.tsx';
import { useFleet, useProject } from './client/fleet-store.ts';
import { useRoute } from './client/route.ts';
import { Banners } from './frame/banners.tsx';
import { ChooseProject } from './frame/choose-project.tsx';
import { Header } from './frame/header.tsx';
import { PageHead } from './frame/page-head.tsx';
import { AddProject } from './project/add-project.tsx';
import { addSample } from './project/add-sample.ts';
import { EnvironmentPage } from './project/environment-page.tsx';
import { Toasts } from './ui/toast.tsx';
import { visibleText } from '../src-main/domain/visible-text.ts';
import './frame/frame.css';

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
  return (
    <>
      <PageHead title={isNew ? 'New brief' : 'Environment'} place={isNew ? <ChooseProject id={id} /> : visibleText(project.name)} />
      <main>{isNew ? <NewBrief key={id} projectId={project.id} /> : <EnvironmentPage key={id} project={project} />}</main>
    </>
  );
};

const Place = (): ReactElement => {
  const route = useRoute();
  switch (route.place) {
    case 'board':
      return <BoardPlace projectId={route.project} />;
    case 'newBrief':
      return <ProjectPlace id={route.project} isNew />;
    case 'project':
      return <ProjectPlace id={route.id} isNew={false} />;
    case 'brief':
      return <BriefPage id={route.id} tab={route.tab} runId={route.run} />;
  }
};

/** The window: what concerns all of it on top, below it the place that the address names. */
export const App = (): ReactElement => {
  const loaded = useFleet((fleet) => fleet.loaded);
  return (
    <div className="frame">
      <Banners />
      {loaded ? <Place /> : <div className="empty" role="status">Connecting to the service…</div>}
      <Toasts />
    </div>
  );
};
