import type { Limits, ServiceSpec } from '../contract/project.ts';
import { AGENT_USER, LABEL, PLAIN, type ContainerSpec } from './container-spec.ts';

/** The container that services stand beside: theirs are named after it, and carry its labels, with their part in the phase. */
export interface Beside {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

const part = ({ name, labels }: Beside, role: string): Pick<ContainerSpec, 'name' | 'labels'> => ({
  name: `${name}-${role}`,
  labels: { ...labels, [LABEL.phase]: `${labels[LABEL.phase] ?? ''}-${role}`, [LABEL.intent]: `${labels[LABEL.intent] ?? name}-${role}` },
});

const holderPart = (beside: Beside) => part(beside, 'holder');
const servicePart = (beside: Beside, { name }: Pick<ServiceSpec, 'name'>) => part(beside, `service-${name}`);

/** Names of all containers that can stand beside one, with its services: what is to be removed with it. */
export const namesBeside = (beside: Beside, services: readonly ServiceSpec[]): string[] => [...services.map((service) => servicePart(beside, service).name), holderPart(beside).name];

const MEBIBYTE = 2 ** 20;

/** Owns a network where no relay does, and does nothing else: services and the one who uses them join it, each of which may end before the others. */
export const holderSpec = (beside: Beside, { image, network }: Pick<ContainerSpec, 'image' | 'network'>): ContainerSpec => ({
  ...PLAIN,
  ...holderPart(beside),
  image,
  command: ['sleep', 'infinity'],
  user: AGENT_USER,
  workingDirectory: '/',
  environment: {},
  network,
  limits: { cpus: 0.25, memoryBytes: 32 * MEBIBYTE, processes: 16 },
  keepsLog: false,
  readOnly: true,
});

export interface ServiceRequest {
  readonly service: ServiceSpec;
  /** Of the environment: each service may use what the work may. */
  readonly limits: Limits;
  /** The container whose network it joins. */
  readonly holder: string;
}

/**
 * A throwaway server: as its image says, in the network of another container, without mounts. What it writes to volumes is memory of its own; what it
 * says is for the one who is attached.
 */
export const serviceContainerSpec = (beside: Beside, { service, limits, holder }: ServiceRequest): ContainerSpec => ({
  ...PLAIN,
  ...servicePart(beside, service),
  image: service.image,
  command: service.command ?? [],
  user: '',
  workingDirectory: '',
  environment: service.variables,
  network: { of: holder },
  limits,
  keepsLog: false,
  asImageSays: { volumeBytes: limits.memoryBytes },
});
