import { useState, type ReactElement } from 'react';
import { Board } from './board/board.tsx';
import { Welcome } from './board/welcome.tsx';
import { useFleet } from './client/fleet-store.ts';
import { useRoute } from './client/route.ts';
import { Banners } from './frame/banners.tsx';
import { Header } from './frame/header.tsx';
import { AddProject } from './project/add-project.tsx';
import { addSample } from './project/add-sample.ts';
import { Toasts } from './ui/toast.tsx';
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

const Place = (): ReactElement => {
  const route = useRoute();
  switch (route.place) {
    default:
      return <BoardPlace projectId={route.place === 'board' ? route.project : null} />;
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
