import type { NetworkRefusal } from '../../src-main/contract/network.ts';

/** Why an attempt did not pass, for a person. */
export const REFUSAL_IN_WORDS: Readonly<Record<NetworkRefusal, string>> = {
  notAName: 'An address, not a name: only names can be allowed.',
  notAllowed: 'The host is not on the allow-list.',
  methodNotAllowed: 'The host is allowed, this method is not.',
  pathNotAllowed: 'The host is allowed, this path is not.',
  privateAddress: 'The name leads to an address of a private network.',
  noSuchName: 'There is no such name.',
  serverNameDiffers: 'It asked for one host and named another one in TLS.',
  hostDiffers: 'It asked for one host and named another one in the request.',
  notTls: 'It did not speak TLS where only TLS passes.',
  unreachable: 'The host did not answer.',
  badRequest: 'The request was malformed.',
  upgradeRefused: 'It wanted to leave HTTP for another protocol.',
  sentBudget: 'The run has sent as much as it may.',
  receivedBudget: 'The run has received as much as it may.',
  connectionBudget: 'Too many connections at once.',
  rateBudget: 'Too many new connections in a minute.',
};
