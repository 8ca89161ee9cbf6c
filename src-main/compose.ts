import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASE_IMAGE_LATEST, baseImageTag } from '../resources/engine/base-image-tag.mjs';
import manifest from '../package.json' with { type: 'json' };
import { scriptAgent } from './adapters/agents/script.ts';
import { connectEngine, type ConnectionOptions } from './adapters/docker/engine-connection.ts';
import { createLogStore } from './adapters/files/log-store.ts';
import { runProxies, type Reach } from './adapters/gateway/run-proxy.ts';
import { hostAddresses } from './adapters/gateway/relay/host-addresses.ts';
import { createNetworkSeat } from './adapters/gateway/relay/network-seat.ts';
import { createDepot } from './adapters/git/depot.ts';
import { hostGitVersion } from './adapters/git/host-git-version.ts';
import { createLandingSite } from './adapters/git/landing-site.ts';
import { makeRepository } from './adapters/git/make-repository.ts';
import { createSecretStore } from './adapters/keychain/secret-store.ts';
import { openStore } from './adapters/sqlite/open-store.ts';
import { systemClock } from './adapters/system/clock.ts';
import { systemDiskProbe } from './adapters/system/disk-probe.ts';
import { systemIds } from './adapters/system/ids.ts';
import { createToolkit } from './core/collect/toolkit.ts';
import { createCore, type Core } from './core/create-core.ts';
import { LABEL } from './domain/container-spec.ts';
import type { DiskProbe } from './ports/disk-probe.ts';
import { noFaultPoint, type Clock, type FaultPoint } from './ports/surroundings.ts';
import { createRouter, type DrydockRouter } from './wire/router.ts';

export interface DrydockConfig {
  /** Claimed by the caller: one service at a time. */
  readonly dataDirectory: string;
  /** Where `resources/` is; found beside the program by default. */
  readonly resources?: string;
  readonly clock?: Clock;
  readonly faultPoint?: FaultPoint;
  /** How the engine is found and opened; the machine's own by default. */
  readonly engine?: Pick<ConnectionOptions, 'find' | 'open'>;
  /** How runs with an allow-list reach the world; the machine's own ways by default. */
  readonly reach?: Reach;
  /** Most bytes that the log of one turn keeps; the log store's own number by default. */
  readonly logCapBytes?: number;
  /** What the machine's disks say; the machine itself by default. */
  readonly disks?: DiskProbe;
  /** Master key of the secrets, of 32 bytes, out of the system's keychain; else it is a file of the data directory. */
  readonly secretKey?: Uint8Array;
}

export interface Drydock {
  readonly router: DrydockRouter;
  readonly core: Core;
  /** Lets go of everything. Runs go on in their containers. */
  dispose(): Promise<void>;
}

/** From the sources this file is one folder below the top, from the bundle two. */
const besideProgram = (): string => fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../resources/' : '../../resources/', import.meta.url));

/** Marks the engine's objects of one data directory: two installations on one engine never touch each other's. */
export const ownerOf = (dataDirectory: string): string => createHash('sha256').update(realpathSync(dataDirectory)).digest('hex').slice(0, 16);

/** The image that belongs to these sources, so that an upgraded Drydock never runs on the old one; any, where the sources are not at hand. */
const baseImageOf = (resources: string): string => {
  try {
    return baseImageTag(join(resources, 'images', 'base'));
  } catch {
    return BASE_IMAGE_LATEST;
  }
};

/** The one composition root: every adapter is chosen here and nowhere else. */
export const createDrydock = async (config: DrydockConfig): Promise<Drydock> => {
  const { dataDirectory, clock = systemClock, faultPoint = noFaultPoint, secretKey } = config;
  const resources = config.resources ?? besideProgram();
  const owner = ownerOf(dataDirectory);
  const store = openStore({ directory: dataDirectory, faultPoint });
  const depots = join(dataDirectory, 'depots');
  const engines = connectEngine({ clock, label: `${LABEL.owner}=${owner}`, faultPoint, ...config.engine });
  const baseImage = baseImageOf(resources);
  const core = await createCore({
    store,
    logs: createLogStore({ directory: dataDirectory, faultPoint, ...(config.logCapBytes !== undefined && { capBytes: config.logCapBytes }) }),
    depot: createDepot({ directory: depots, faultPoint }),
    secrets: createSecretStore({ directory: dataDirectory, clock, key: secretKey ?? null }),
    seats: createNetworkSeat({
      directory: dataDirectory,
      relaySource: readFileSync(join(resources, 'relay', 'relay.cjs'), 'utf8'),
      createProxy: runProxies(clock, config.reach),
      hostAddresses,
      clock,
    }),
    landingSite: createLandingSite({ depotDirectory: depots, faultPoint }),
    engines,
    toolkit: createToolkit({ directory: join(dataDirectory, 'toolkit'), baseImage, owner }),
    agents: new Map([['script', scriptAgent]]),
    clock,
    ids: systemIds,
    freeMemory: freemem,
    owner,
    baseImage,
    dataDirectory,
    disks: config.disks ?? systemDiskProbe,
    version: manifest.version,
    gitVersion: hostGitVersion,
    makeSample: (folder) => makeRepository(join(resources, 'sample'), folder, 'Open the corner shop'),
  });
  return {
    router: createRouter(core),
    core,
    dispose: async () => {
      await core.dispose();
      await engines.dispose();
      await store.close();
    },
  };
};
