import { z } from 'zod';

/** What the relay saw of its network. */
const seen = z.object({
  interfaces: z.array(z.string()).nullable(),
  routes: z.array(z.string()).nullable(),
  lookedUp: z.string().nullable(),
  nameServers: z.array(z.string()),
  tried: z.array(z.object({ host: z.string(), port: z.number(), outcome: z.string() })),
  denied: z.number().nullable(),
});

/** What the system says of an address to which no route leads. A refusal, or silence, would mean that something is there. */
const OUT_OF_REACH: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const LOOPBACK = 'lo';

/**
 * What is not as it must be in a sealed network, in words; empty: nothing. `tried` is the number of addresses that the relay was
 * asked to try.
 */
export const surprisesIn = (answer: unknown, tried: number): readonly string[] => {
  const result = seen.safeParse(answer);
  if (!result.success) return ['the relay did not say what its network looks like'];
  const { interfaces, routes, lookedUp, nameServers, tried: outcomes, denied } = result.data;
  const others = (interfaces ?? []).filter((name) => name !== LOOPBACK);
  const ways = [...new Set((routes ?? []).filter((name) => name !== LOOPBACK))];
  const reached = outcomes.filter(({ outcome }) => !OUT_OF_REACH.has(outcome));
  return [
    ...(interfaces === null ? ['its interfaces cannot be seen'] : []),
    ...(others.length > 0 ? [`it has the interface ${others.join(', ')}`] : []),
    ...(routes === null ? ['its routes cannot be seen'] : []),
    ...(ways.length > 0 ? [`it has a route over ${ways.join(', ')}`] : []),
    ...(lookedUp === null ? [] : [`a name was resolved, to ${lookedUp}`]),
    ...(nameServers.length > 0 ? [`the name server ${nameServers.join(', ')} answers`] : []),
    ...(outcomes.length === tried ? [] : ['not every address was tried']),
    ...reached.map(({ host, port, outcome }) => `${host}:${port} is within reach (${outcome})`),
    ...(denied === 403 ? [] : [`a name that is not allowed was answered ${denied ?? 'nothing'} instead of 403`]),
  ];
};
