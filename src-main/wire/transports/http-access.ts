import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The two secrets of a browser session: what the address carries, and what the cookie carries. */
export interface HttpSecrets {
  readonly token: string;
  /** Not the token: what lies in the browser's cookie jar must not be what opens a new session. */
  readonly session: string;
}

/** 256 random bits each. */
export const newHttpSecrets = (): HttpSecrets => ({ token: randomBytes(32).toString('base64url'), session: randomBytes(32).toString('base64url') });

/** Who may talk to the service over TCP: whoever was shown its token, from a page of its own. */
export interface HttpAccess {
  /** 256 random bits, in the printed address. */
  readonly token: string;
  /** Whether the Host header is literally ours. A name that was rebound to 127.0.0.1 is not. */
  isOurHost(request: IncomingMessage): boolean;
  isToken(candidate: string): boolean;
  hasCookie(request: IncomingMessage): boolean;
  /** Whether the page that opens the connection is ours. Browsers always say; who says nothing is refused. */
  isOurOrigin(request: IncomingMessage): boolean;
  /** Value of Set-Cookie. */
  cookie(): string;
}

/**
 * @param port the port that is listened on.
 * @param allowedOrigin another origin whose pages may connect: the development server's.
 */
export function createHttpAccess(port: number, { token, session }: HttpSecrets, allowedOrigin?: string): HttpAccess {
  // Cookies do not know ports; the name keeps two services apart.
  const name = `drydock-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  if (allowedOrigin !== undefined) origins.add(allowedOrigin);
  return {
    token,
    isOurHost: (request) => hosts.has(request.headers.host ?? ''),
    isToken: (candidate) => isSame(candidate, token),
    hasCookie: (request) =>
      cookiesOf(request).some(([key, value]) => key === name && isSame(value, session)),
    isOurOrigin: (request) => origins.has(request.headers.origin ?? ''),
    cookie: () => `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

/** Compares in constant time; hashing first makes the lengths equal. */
function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

function cookiesOf(request: IncomingMessage): [string, string][] {
  return (request.headers.cookie ?? '').split(';').map((pair) => {
    const [key = '', value = ''] = pair.trim().split('=', 2);
    return [key, value];
  });
}
