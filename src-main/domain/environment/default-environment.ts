import { DEFAULT_NETWORK } from '../../contract/network.ts';
import type { Environment } from '../../contract/project.ts';

const GIB = 2 ** 30;

/** The defaults of the product: 2 CPU, 4 GiB, 512 processes, 10 GiB written; setup may take half an hour. */
export const DEFAULT_ENVIRONMENT: Environment = {
  image: null,
  dockerfile: null,
  setup: '',
  maintenance: '',
  setupAsRoot: false,
  secrets: [],
  network: DEFAULT_NETWORK,
  inject: [],
  services: [],
  warm: 0,
  lockFiles: [],
  variables: {},
  limits: { cpus: 2, memoryBytes: 4 * GIB, processes: 512, writtenBytes: 10 * GIB },
  setupTimeoutSeconds: 1800,
};
