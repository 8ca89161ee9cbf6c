import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { briefText } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { useCurrentProject, useProjects } from '../client/current-project.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeBrief, useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { Choice } from '../ui/choice.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { showFault } from '../ui/toast.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { goToCard, useCurrent } from './current.ts';
import { setAdding, useOpen } from './open.ts';
import { keepGoal, keptGoal } from './quick-add-draft.ts';

/** The contract's own limit of a goal, in characters. */
const MOST = briefText.shape.goal.unwrap().maxLength ?? 10_000;

const Field = ({ projectId }: { readonly projectId: string | null }): ReactElement | null => {
  const projects = useProjects();
  const [other, setOther] = useState<string | null>(null);
  const project = useCurrentProject(projectId ?? other);
  const [goal, setGoal] = useState(keptGoal);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const added = useRef<string | null>(null);
  const change = (text: string): void => {
    setGoal(text);
    keepGoal(text);
  };
  if (!project) return null;
  const add = async (): Promise<void> => {
    const wanted = goal.trim();
    if (wanted === '') return;
    change('');
    try {
      const { timeBudgetMinutes } = useFleet.getState().settings;
      const brief = await api.briefs.create({ commandId: newCommandId(), projectId: project.id, text: briefText.parse({ goal: wanted, timeBudgetMinutes, runsWith: { internet: project.environment.network.mode } }) });
      takeBrief(brief);
      added.current = brief.id;
      setSaid(`#${brief.number} is in the backlog.`);
    } catch (error) {
      // Nothing that was typed is lost: it comes back, unless the next one is being typed already.
      if (field.current === null || field.current.value === '') change(wanted);
      showFault(faultOf(error));
    }
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void add();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setAdding(false);
      // The one that was added last is what the next key is about.
      const id = added.current ?? useCurrent.getState().id;
      if (id !== null) goToCard(id);
    }
  };
  return (
    <div className="quick-add">
      <input
        ref={field}
        className="input"
        autoFocus
        autoComplete="off"
        maxLength={MOST}
        aria-label={`Goal of a new brief in ${visibleText(project.name)}`}
        placeholder="What should be done?"
        value={goal}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
      />
      <div className="row quick-add-foot muted">
        {projectId === null && projects.length > 1 ? (
          <Choice
            label="Project of the new brief"
            quiet
            className="quick-add-project"
            value={project.id as string}
            options={projects.map(({ id, name, colour }) => ({ value: id as string, title: visibleText(name), icon: <ProjectDot colour={colour} /> }))}
            onChange={setOther}
          />
        ) : (
          <>
            <ProjectDot colour={project.colour} />
            <span className="ellipsis">{visibleText(project.name)}</span>
          </>
        )}
        <span className="grow" />
        <span>Enter adds, Esc closes</span>
      </div>
      <span className="hidden-text" role="status">{said}</span>
    </div>
  );
};

/** One line for a goal, at the head of the backlog: Enter puts it there and takes the next one. */
export const QuickAdd = ({ projectId }: { readonly projectId: string | null }): ReactElement | null =>
  useOpen((state) => state.adding) ? <Field projectId={projectId} /> : null;
