import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Servers on every address of this machine. */
export interface ListeningMachine {
  /** What has come, one entry a connection or datagram. */
  readonly came: string[];
  readonly tcpPort: number;
  readonly udpPort: number;
  /** Of its network cards and bridges. */
  readonly addresses: readonly string[];
  close(): void;
}

/** They count whatever comes, and answer nothing. */
export const listenEverywhere = async (): Promise<ListeningMachine> => {
  const came: string[] = [];
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket.on('error', () => {}));
    came.push(`tcp from ${socket.remoteAddress}`);
  });
  tcp.listen(0, '::');
  await once(tcp, 'listening');
  const udp = createSocket('udp6').on('message', (_, { address }) => came.push(`udp from ${address}`));
  udp.bind(0, '::');
  await once(udp, 'listening');
  const addresses = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address));
  return {
    came,
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: udp.address().port,
    addresses,
    close: () => {
      for (const socket of open) socket.destroy();
      tcp.close();
      udp.close();
    },
  };
};
