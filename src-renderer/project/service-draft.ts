import { serviceSpec, type ServiceSpec } from '../../src-main/contract/project.ts';
import { readVariables, variableLines } from './variable-lines.ts';

/** A service while it is typed: the same, with its variables as the lines that they are typed as. */
export interface ServiceDraft extends Omit<ServiceSpec, 'variables'> {
  readonly variables: string;
}

export const NEW_SERVICE: ServiceDraft = { ...serviceSpec.parse({ name: 'new', image: 'new', variables: {} }), name: '', image: '', variables: '' };

export const serviceDraftOf = (service: ServiceSpec): ServiceDraft => ({ ...service, variables: variableLines(service.variables) });

export const serviceOf = (draft: ServiceDraft): ServiceSpec => ({ ...draft, variables: readVariables(draft.variables).variables });

export type ServiceMistakes = Readonly<Partial<Record<'name' | 'image' | 'variables' | 'health', string>>>;

/** What keeps a service from being saved, by field; `before`: the services above it. */
export const serviceMistakes = (draft: ServiceDraft, before: readonly ServiceDraft[]): ServiceMistakes => {
  const { shape } = serviceSpec;
  const { variables, mistake } = readVariables(draft.variables);
  return {
    ...(before.some(({ name }) => name === draft.name) && { name: `There is a service ${draft.name} already.` }),
    ...(!shape.name.safeParse(draft.name).success && { name: 'Lower case letters, digits and dashes; a letter first.' }),
    ...(!shape.image.safeParse(draft.image).success && { image: 'Name an image that is on this machine, as in postgres:17.' }),
    ...(mistake !== undefined && { variables: mistake }),
    ...(mistake === undefined && !shape.variables.safeParse(variables).success && { variables: 'A value is too long.' }),
    ...(!shape.health.safeParse(draft.health).success && { health: 'It is too long.' }),
  };
};

/** How many fields of the services cannot be saved; each says itself why. */
export const wrongServiceFields = (services: readonly ServiceDraft[]): number => services.reduce((sum, each, at) => sum + Object.keys(serviceMistakes(each, services.slice(0, at))).length, 0);
