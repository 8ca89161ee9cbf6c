import { LABEL, workSpec, type ContainerSpec, type SpecRequest, type Surroundings } from './container-spec.ts';

/** The phase of containers that belong to a try: how leftovers are found. */
const TRY = 'try';
export const isOfTry = (labels: ContainerSpec['labels']): boolean => labels[LABEL.phase]?.split('-')[0] === TRY;

export const tryLabels = (owner: string, name: string): ContainerSpec['labels'] => ({ [LABEL.owner]: owner, [LABEL.phase]: TRY, [LABEL.intent]: name });

/** The container in which a check is tried: as a check's, but of no run. The name is given. */
export const trySpec = (request: Omit<SpecRequest, 'runId' | 'turn' | 'role'> & { readonly name: string }, command: string, surroundings?: Surroundings): ContainerSpec => ({
  ...workSpec({ ...request, runId: '', turn: 1, role: 'work' }, command, surroundings),
  name: request.name,
  labels: tryLabels(request.owner, request.name),
});
