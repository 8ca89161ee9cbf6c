import type { Environment } from '../../src-main/contract/project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { useProject } from './fleet-store.ts';

/** With the variables in one order: it does not matter in which they were written. */
const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)).map(([name, each]) => [name, inOrder(each)]) : value;

/** Whether two parts of environments say the same. */
export const sameSetting = (a: unknown, b: unknown): boolean => JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

/** Whether two environments say the same. */
export const sameEnvironment = (a: Environment, b: Environment): boolean => sameSetting(a, b);

const FIELD: Readonly<Record<keyof Environment, string>> = {
  image: 'Image',
  dockerfile: 'Dockerfile',
  setup: 'Setup script',
  maintenance: 'Maintenance script',
  setupAsRoot: 'Setup as root',
  secrets: 'Secrets',
  network: 'Network',
  inject: 'Added headers',
  services: 'Services',
  warm: 'Warm containers',
  lockFiles: 'Lock files',
  variables: 'Variables',
  limits: 'Limits',
  setupTimeoutSeconds: 'Setup timeout',
};

/** The fields in which two environments differ, as the screen names them. */
export const differences = (a: Environment, b: Environment): string[] => (Object.keys(FIELD) as (keyof Environment)[]).filter((field) => !sameSetting(a[field], b[field])).map((field) => FIELD[field]);

const SETUP: readonly string[] = ['preparing', 'settingUp', 'sealing'];

/** Whether a run ended before its work began: then it is the environment that is to be mended. */
export const endedInSetup = ({ state }: Pick<Run, 'state'>): boolean => (state.name === 'failed' || state.name === 'timedOut' || state.name === 'lost') && SETUP.includes(state.phase);

/** That the project's environment is another one than a run was made in, and in what; null: it is the same, or the project is gone. */
export const useEnvironmentChange = (run: Run): string | null => {
  const project = useProject(run.projectId);
  const changed = project === undefined ? [] : differences(run.order.environment, project.environment);
  return changed.length === 0 ? null : `The environment has changed since this run: ${changed.join(', ')}.`;
};
