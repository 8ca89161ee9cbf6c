import { z } from 'zod';
import { instant } from './ids.ts';

/** What a run may reach in its work phase: nothing, the named hosts by Drydock's own proxy, or everything. */
export const internet = z.enum(['off', 'allowlist', 'full']);
export type Internet = z.infer<typeof internet>;

export const httpMethod = z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
export type HttpMethod = z.infer<typeof httpMethod>;

/**
 * One entry of an allow-list, as a person writes it. Whether `host` is one is decided by the domain, which brings it to its
 * canonical form; a rule with methods or a path needs the proxy to look into TLS, with a certificate made for the run.
 */
export const networkRule = z.object({
  /** An exact name, or `*.` and a suffix. Never an address, a scheme or a path. */
  host: z.string().min(1).max(260),
  /** null: 443, and 80 for plain HTTP. */
  port: z.number().int().min(1).max(65_535).nullable().default(null),
  /** Empty: any method. */
  methods: z.array(httpMethod).max(7).default([]),
  /** Only paths below this prefix, which begins with a slash; '': any path. */
  path: z.string().max(1_024).default(''),
  /** The name may resolve to an address of a private network, as a company's mirror does. Never loopback or link-local. */
  allowPrivate: z.boolean().default(false),
});
export type NetworkRule = z.infer<typeof networkRule>;

/** Named sets of rules: the registries that the image's own tools are configured for, and hosts of source code (reading only). */
export const networkPreset = z.enum(['registries', 'sources']);

/** What a run may use of the network: bytes each way in all, connections at once, and new connections a minute. */
export const networkBudget = z.object({
  sentBytes: z.number().int().min(1_024),
  receivedBytes: z.number().int().min(1_024),
  connections: z.number().int().min(1).max(64),
  connectionsPerMinute: z.number().int().min(1).max(60_000),
});
export type NetworkBudget = z.infer<typeof networkBudget>;

/** Enough for installing the dependencies of a large project; little enough to be noticed when it is sent away. */
export const DEFAULT_BUDGET: NetworkBudget = { sentBytes: 16 * 2 ** 20, receivedBytes: 2 * 2 ** 30, connections: 50, connectionsPerMinute: 1_200 };

/** What an environment says about the network of its work phases. `mode` is what a new brief begins with: the brief's own word counts. */
export const networkPolicy = z.object({
  mode: internet.default('off'),
  presets: z.array(networkPreset).max(2).default([]),
  rules: z.array(networkRule).max(256).default([]),
  budget: networkBudget.default(DEFAULT_BUDGET),
});
export type NetworkPolicy = z.infer<typeof networkPolicy>;

export const DEFAULT_NETWORK: NetworkPolicy = { mode: 'off', presets: [], rules: [], budget: DEFAULT_BUDGET };

/** A header that the proxy adds for one host, so that no container holds the credential: its value is a secret of the project. */
export const injectedHeader = z.object({ host: z.string().min(1).max(260), header: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/), secret: z.string().min(1).max(128) });
export type InjectedHeader = z.infer<typeof injectedHeader>;

/** The policy of one run. Frozen at launch, and stored with the run; its presets are written out as rules before its first container is made. */
export const frozenNetwork = z.object({
  mode: internet,
  /** Those that are not written out yet. */
  presets: z.array(networkPreset).default([]),
  rules: z.array(networkRule),
  budget: networkBudget,
  inject: z.array(injectedHeader).default([]),
});
export type FrozenNetwork = z.infer<typeof frozenNetwork>;

export const NETWORK_OFF: FrozenNetwork = { mode: 'off', presets: [], rules: [], budget: DEFAULT_BUDGET, inject: [] };

/** Why something was refused, for the container (in the answer's body) and for the person. */
export const networkRefusal = z.enum([
  'notAName',
  'notAllowed',
  'methodNotAllowed',
  'pathNotAllowed',
  'privateAddress',
  'noSuchName',
  'serverNameDiffers',
  'hostDiffers',
  'notTls',
  'unreachable',
  'badRequest',
  'upgradeRefused',
  'sentBudget',
  'receivedBudget',
  'connectionBudget',
  'rateBudget',
]);
export type NetworkRefusal = z.infer<typeof networkRefusal>;

/** What a run asked of the network, and what became of it. Attempts of the same kind are counted in one entry. */
export const networkEntry = z.object({
  /** Of the first attempt and of the last. */
  at: instant,
  lastAt: instant,
  turn: z.number().int().positive(),
  host: z.string().max(300),
  port: z.number().int(),
  /** null: the proxy did not look into the connection. */
  method: z.string().max(32).nullable(),
  /** Without its query; null as above. */
  path: z.string().max(512).nullable(),
  refused: networkRefusal.nullable(),
  /** What the user would allow to let it pass; null: nothing can. */
  wouldNeed: networkRule.nullable(),
  count: z.number().int().positive(),
  sentBytes: z.number().int().nonnegative(),
  receivedBytes: z.number().int().nonnegative(),
});
export type NetworkEntry = z.infer<typeof networkEntry>;
