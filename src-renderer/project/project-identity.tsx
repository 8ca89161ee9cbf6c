import { useEffect, useState, type ReactElement } from 'react';
import type { Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { Field } from '../ui/field.tsx';
import { showFault } from '../ui/toast.tsx';
import { keepTypedName, keptTypedName } from './typed-name.ts';

const COLOURS = ['teal', 'violet', 'orange', 'green', 'pink', 'blue', 'yellow', 'magenta', 'red', 'mint', 'indigo', 'lime'];

/** What a project is called and the colour of its dot: saved at once. */
export const ProjectIdentity = ({ project }: { readonly project: Project }): ReactElement => {
  const [typed, setTyped] = useState(() => keptTypedName(project.id));
  useEffect(() => keepTypedName(project.id, typed), [project.id, typed]);
  const edit = (change: { readonly name?: string; readonly colour?: number }): Promise<void> =>
    api.projects.edit({ commandId: newCommandId(), projectId: project.id, ...change }).then(takeProject, (error: unknown) => showFault(faultOf(error)));
  const rename = (): void => {
    const name = typed?.trim() ?? '';
    if (name === '' || name === project.name) return setTyped(null);
    void edit({ name: name.slice(0, 200) }).then(() => setTyped((now) => (now === typed ? null : now)));
  };
  return (
    <section className="environment-section" aria-label="Project">
      <h2>Project</h2>
      <div className="identity">
        <Field label="Name" hint={<span className="literal">{visibleText(project.path)}</span>}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              className="input"
              maxLength={200}
              autoComplete="off"
              value={typed ?? project.name}
              onChange={(event) => setTyped(event.target.value)}
              onBlur={rename}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setTyped(null);
                if (event.key !== 'Enter') return;
                event.preventDefault();
                rename();
              }}
            />
          )}
        </Field>
        <fieldset className="identity-colours">
          <legend className="label">Colour</legend>
          <div className="identity-colour-list">
            {COLOURS.map((name, colour) => (
              <label key={name} className="identity-colour" data-colour={colour} title={name}>
                <input type="radio" name="colour" className="hidden-text" aria-label={name} checked={project.colour === colour} onChange={() => void edit({ colour })} />
                <span className="identity-dot" />
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </section>
  );
};
