import { LABEL, workSpec, type ContainerSpec, type SpecRequest } from './container-spec.ts';

/** The container in which a check is tried: as a check's, but of no run. The name is given; its phase is how leftovers are found. */
export const trySpec = (request: Omit<SpecRequest, 'runId' | 'turn' | 'role'> & { readonly name: string }, command: string): ContainerSpec => ({
  ...workSpec({ ...request, runId: '', turn: 1, role: 'work' }, command),
  name: request.name,
  labels: { [LABEL.owner]: request.owner, [LABEL.phase]: 'try', [LABEL.intent]: request.name },
});
