import { networkInterfaces } from 'node:os';

/** Where a container commonly finds its host, or a cloud its metadata, whatever engine it runs on. */
const USUAL = ['172.17.0.1', '192.168.65.254', '169.254.169.254'];
/** Any will do: without a route an address is out of reach whatever the port. */
const PORTS = [22, 80];

/** Addresses of this machine, and where containers commonly look for their host, each with ports to try. */
export const hostAddresses = (): readonly (readonly [host: string, port: number])[] => {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    // An address of one link means nothing without its interface.
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address);
  return [...new Set([...own, ...USUAL])].flatMap((address) => PORTS.map((port) => [address, port] as const));
};
