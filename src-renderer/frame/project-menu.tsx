import { useState, type ReactElement } from 'react';
import type { Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useActions } from '../client/actions.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Confirm } from '../ui/confirm.tsx';
import { EngineIcon, FolderIcon, MoreIcon, PencilIcon, TrashIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { showDone, showFault } from '../ui/toast.tsx';
import { ProjectDialog } from './project-dialog.tsx';

const remove = async (project: Project): Promise<void> => {
  try {
    await api.projects.remove({ commandId: newCommandId(), projectId: project.id });
    goTo({ place: 'board', project: null }, true);
    showDone(`${visibleText(project.name)} is no longer on the board.`);
  } catch (error) {
    showFault(faultOf(error));
  }
};

interface ProjectMenuProps {
  /** The one that the board shows; undefined: several. */
  readonly project: Project | undefined;
  readonly onAddProject: () => void;
}

/** What can be done with a project. */
export const ProjectMenu = ({ project, onAddProject }: ProjectMenuProps): ReactElement => {
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null);
  const [isMenuOpen, setMenuOpen] = useState(false);
  useActions([{ title: 'More actions of the project', section: 'Board', keys: 'p', also: 'menu environment name colour remove', run: () => setMenuOpen(true) }]);
  const close = (): void => setOpen(null);
  const add = { id: 'add', title: 'Add project…', icon: <FolderIcon />, onAction: onAddProject };
  return (
    <>
      <MenuButton
        label={project ? `Project ${visibleText(project.name)}` : 'Projects'}
        look="icon"
        button={<MoreIcon />}
        opened={{ isOpen: isMenuOpen, onOpenChange: setMenuOpen }}
        sections={
          project
            ? [
                {
                  entries: [
                    { id: 'environment', title: 'Environment', icon: <EngineIcon />, onAction: () => goTo({ place: 'project', id: project.id }) },
                    { id: 'edit', title: 'Name and colour…', icon: <PencilIcon />, onAction: () => setOpen('edit') },
                  ],
                },
                { entries: [add] },
                { entries: [{ id: 'remove', title: 'Remove from Drydock…', tone: 'red', icon: <TrashIcon />, onAction: () => setOpen('remove') }] },
              ]
            : [{ entries: [add] }]
        }
      />
      {project && open === 'edit' && <ProjectDialog project={project} onClose={close} />}
      {project && open === 'remove' && (
        <Confirm title={`Remove ${visibleText(project.name)}?`} action="Remove" onClose={close} onConfirm={() => void remove(project)}>
          Its briefs go off the board, and Drydock’s own copy of it goes with its results. The repository itself is not touched.
        </Confirm>
      )}
    </>
  );
};
