/** The endpoint in the notation of DOCKER_HOST. */
export function engineAddress(endpoint) {
  switch (endpoint.kind) {
    case 'socket':
      return endpoint.path.startsWith('//./pipe/') ? `npipe://${endpoint.path}` : `unix://${endpoint.path}`;
    case 'tcp':
      return `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
    case 'ssh':
      return `ssh://${endpoint.host}`;
    default:
      throw new TypeError(`unknown kind of engine endpoint: ${endpoint.kind}`);
  }
}

/**
 * Reads the notation of DOCKER_HOST. `tls` is given where certificates belong to the address.
 * Answers `{ endpoint }` or `{ problem }` in words.
 */
export function parseEngineAddress(address, tls) {
  const text = address.trim();
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [
    undefined,
    text.startsWith('/') ? 'unix' : 'tcp',
    text,
  ];
  switch (scheme.toLowerCase()) {
    case 'unix':
      return rest.startsWith('/')
        ? { endpoint: { kind: 'socket', path: rest } }
        : { problem: 'unix:// needs an absolute path' };
    case 'npipe': {
      const path = rest.replaceAll('\\', '/');
      return path.startsWith('//./pipe/')
        ? { endpoint: { kind: 'socket', path } }
        : { problem: 'npipe:// needs //./pipe/<name>' };
    }
    case 'http':
    case 'tcp':
      return tcp(rest, tls);
    case 'https':
      return tcp(rest, tls ?? {});
    case 'ssh':
      return ssh(rest);
    default:
      return { problem: `addresses that start with ${scheme}:// are not supported` };
  }
}

function tcp(rest, tls) {
  const url = parse(`http://${rest}`);
  if (url === undefined || url.hostname === '') return { problem: 'tcp:// needs a host and a port' };
  // 2375 and 2376 are Docker's registered ports, in the clear and with TLS.
  const explicit = /:(\d+)\/?$/.exec(rest)?.[1];
  const port = explicit === undefined ? (tls === undefined ? 2375 : 2376) : Number(explicit);
  const endpoint = { kind: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port };
  return { endpoint: tls === undefined ? endpoint : { ...endpoint, tls } };
}

function ssh(rest) {
  const host = rest.replace(/\/.*$/, '');
  if (host === '' || host.startsWith('-') || host.includes('@-') || /\s/.test(host))
    return { problem: 'ssh:// needs a host' };
  return { endpoint: { kind: 'ssh', host } };
}

function parse(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
