import { create } from 'zustand';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { FleetUpdate } from '../../src-main/contract/fleet.ts';
import type { Project } from '../../src-main/contract/project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import type { SetupTry } from '../../src-main/contract/setup-try.ts';
import { applyUpdate, EMPTY_FLEET, type Fleet, type SeenProgress } from './fleet.ts';

export const useFleet = create<Fleet>(() => EMPTY_FLEET);

/** Takes one update of the service into the store. */
export const takeUpdate = (update: FleetUpdate): void => useFleet.setState((fleet) => applyUpdate(fleet, update, Date.now()), true);

/** Takes what a command answered, so that the screen need not wait for the live update that follows. */
export const takeBrief = (brief: Brief): void =>
  useFleet.setState((fleet) => ({ briefs: { ...fleet.briefs, [brief.id]: brief } }));

export const takeRun = (run: Run): void => useFleet.setState((fleet) => ({ runs: { ...fleet.runs, [run.id]: run } }));

export const takeProject = (project: Project): void =>
  useFleet.setState((fleet) => ({ projects: { ...fleet.projects, [project.id]: project } }));

export const takeSetupTry = (setupTry: SetupTry): void => useFleet.setState((fleet) => ({ setupTries: { ...fleet.setupTries, [setupTry.projectId]: setupTry } }));

export const useBrief = (id: string): Brief | undefined => useFleet((fleet) => fleet.briefs[id]);
export const useRun = (id: string | null | undefined): Run | undefined => useFleet((fleet) => (id ? fleet.runs[id] : undefined));
export const useProject = (id: string | undefined): Project | undefined => useFleet((fleet) => (id ? fleet.projects[id] : undefined));
export const useProgress = (id: string | undefined): SeenProgress | undefined =>
  useFleet((fleet) => (id ? fleet.progress[id] : undefined));
export const useSetupTry = (projectId: string): SetupTry | undefined => useFleet((fleet) => fleet.setupTries[projectId]);
