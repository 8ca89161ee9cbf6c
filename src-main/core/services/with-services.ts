import type { Run } from '../../contract/run.ts';
import { containerName, roleLabels, type ContainerRole } from '../../domain/container-spec.ts';
import type { Beside } from '../../domain/service-spec.ts';
import { NO_NETWORK, type WorkNetwork } from '../network/work-network.ts';
import { note, type StepContext } from '../supervisor/step.ts';
import { openServices, removeServices } from './services.ts';

const besideOf = ({ deps }: StepContext, run: Run, role: ContainerRole): Beside => ({
  name: containerName(run.id, run.turns.length, role),
  labels: roleLabels(deps.owner, run.id, run.turns.length, role),
});

/**
 * A network with the environment's services in it, for the run's container of this role; the network itself when there are none. `isUnderWay`: that
 * container was made by an earlier Drydock, and may use them. When they cannot be had, the network is let go of.
 */
export const withServices = async (context: StepContext, run: Run, role: ContainerRole, network: WorkNetwork, isUnderWay: boolean): Promise<WorkNetwork> => {
  const { deps, engine, signal } = context;
  const { services, limits } = run.order.environment;
  if (services.length === 0) return network;
  try {
    // What a service does at its start is as untrusted as the work: only now is it known that the network is sealed.
    if (!isUnderWay) await network.selfTest();
    const { secrets } = network;
    const beside = await openServices(
      { engine, clock: deps.clock, baseImage: deps.baseImage, services, limits, writers: context.writers, secrets, signal, note: (line) => note(context, line) },
      besideOf(context, run, role),
      network.network,
      isUnderWay,
    );
    return {
      ...network,
      network: beside.network,
      selfTest: async () => {},
      lost: network.lost === null ? beside.lost : Promise.race([network.lost, beside.lost]),
      end: async (how) => {
        await beside.end(how);
        await network.end(how);
      },
    };
  } catch (error) {
    await network.end('leave').catch(() => {});
    throw error;
  }
};

/** For a container that has come to its end by itself: its services are not needed any more, and are removed with it. */
export const servicesLeft = (context: StepContext, run: Run, role: ContainerRole): WorkNetwork => {
  const { services } = run.order.environment;
  if (services.length === 0) return NO_NETWORK;
  return {
    ...NO_NETWORK,
    end: async (how) => {
      if (how === 'close') await removeServices(context.engine, besideOf(context, run, role), services);
    },
  };
};
