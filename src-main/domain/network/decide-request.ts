import { httpMethod, type FrozenNetwork, type NetworkRule } from '../../contract/network.ts';
import type { NetworkDenial } from './decide-connection.ts';
import { isBelowPath, plainPath } from './rule-path.ts';
import { ruleOf, rulesFor, type Place } from './rules-for.ts';

export interface RequestAsked extends Place {
  readonly method: string;
  /** As in the request's first line, with its query. */
  readonly path: string;
  /** Names and values in turn, as they were sent. */
  readonly headers: readonly string[];
}

export type RequestDecision = { readonly kind: 'allowed' } | NetworkDenial;

/** By these a request says that it is another one: Rails, Symfony, Express, Google, Microsoft, WebDAV behind old proxies. */
const METHOD_OVERRIDES = new Set(['x-http-method-override', 'x-http-method', 'x-method-override', 'http-method-override', 'x-original-method']);
const METHOD_PARAMETERS = new Set(['_method', '$httpmethod', 'x-http-method-override', 'http_method_override']);
/** By these a request says that it is for another path: IIS, Symfony, Zend. */
const PATH_OVERRIDES = new Set(['x-original-url', 'x-rewrite-url', 'x-original-uri']);

const valuesOf = (headers: readonly string[], names: ReadonlySet<string>): string[] =>
  // An underscore is a dash to whatever hands headers on as variables, as CGI does.
  headers.flatMap((value, at) => (at % 2 === 1 && names.has((headers[at - 1] ?? '').toLowerCase().replaceAll('_', '-')) ? [value] : []));

const parametersOf = (query: string, names: ReadonlySet<string>): string[] => {
  const found: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) if (names.has(name.toLowerCase())) found.push(value);
  return found;
};

/** Every method that a request could be taken for by who reads it. */
export const methodsOf = ({ method, path, headers }: Pick<RequestAsked, 'method' | 'path' | 'headers'>): string[] => {
  const query = path.slice(path.indexOf('?') + 1 || path.length);
  const others = [...valuesOf(headers, METHOD_OVERRIDES), ...parametersOf(query, METHOD_PARAMETERS)].flatMap((value) => value.split(','));
  return [...new Set([method, ...others.map((other) => other.trim().toUpperCase())])];
};

const allowsMethods = (rule: NetworkRule, methods: readonly string[]): boolean => rule.methods.length === 0 || methods.every((method) => (rule.methods as readonly string[]).includes(method));

/** As much of a plain path as can be written in a rule: its characters stand for themselves, and it fits into its field. */
const writable = (path: string): string => {
  const odd = path.search(/[*?#%]/);
  return odd < 0 && path.length <= 1_024 ? path : path.slice(0, Math.max(0, path.lastIndexOf('/', odd < 0 ? 1_024 : Math.min(odd, 1_024))));
};

/** The narrowest rule with which a request would pass, as far as it can be told: its own methods, and its own path. */
const ruleOfRequest = (asked: RequestAsked): NetworkRule => {
  const named = httpMethod.array().safeParse(methodsOf(asked));
  const path = plainPath(asked.path.split('?', 1)[0] ?? '');
  // What can be read as more than one path passes only where paths do not count.
  const isOne = path !== null && valuesOf(asked.headers, PATH_OVERRIDES).length === 0;
  return ruleOf(asked, { methods: named.success ? named.data : [], path: isOne ? writable(path) : '' });
};

/** What was refused by its host, with a rule that lets pass no more than what was asked there. */
export const narrowedTo = (denial: NetworkDenial, asked: RequestAsked): NetworkDenial => {
  if (denial.wouldNeed === null) return denial;
  const { methods, path } = ruleOfRequest(asked);
  return { ...denial, wouldNeed: { ...denial.wouldNeed, methods, path } };
};

/**
 * Whether a request may be sent to a place that may be connected to. One rule must allow all of it: methods and path are
 * not put together from several.
 */
export const decideRequest = (network: Pick<FrozenNetwork, 'mode' | 'rules'>, asked: RequestAsked): RequestDecision => {
  const rules = rulesFor(network, asked);
  const refuse = (refusal: NetworkDenial['refusal'], wouldNeed: NetworkRule | null, message: string): NetworkDenial => ({ kind: 'refused', refusal, wouldNeed, message });
  if (rules.length === 0) return refuse('notAllowed', ruleOfRequest(asked), `${asked.host}:${asked.port} is not on this run's list`);
  if (asked.method === 'CONNECT' || asked.method === 'TRACE') return refuse('methodNotAllowed', null, `${asked.method} is never sent on`);

  const methods = methodsOf(asked);
  const ofMethod = rules.filter((rule) => allowsMethods(rule, methods));
  const named = httpMethod.array().safeParse(methods);
  if (ofMethod.length === 0) {
    return refuse('methodNotAllowed', named.success ? ruleOfRequest(asked) : null, `${methods.join(' as ')} is not allowed at ${asked.host}`);
  }
  if (ofMethod.some((rule) => rule.path === '')) return { kind: 'allowed' };

  const path = plainPath(asked.path.split('?', 1)[0] ?? '');
  if (path === null) return refuse('pathNotAllowed', null, 'the path can be read in more than one way, and the rules of this host are about paths');
  if (valuesOf(asked.headers, PATH_OVERRIDES).length > 0) return refuse('pathNotAllowed', null, 'a header names another path, and the rules of this host are about paths');
  if (ofMethod.some((rule) => isBelowPath(path, rule.path))) return { kind: 'allowed' };
  return refuse('pathNotAllowed', ruleOfRequest(asked), `${path.slice(0, 200)} is not allowed at ${asked.host}`);
};
