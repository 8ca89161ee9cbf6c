/** The window's own address. A standard, secure scheme gives it an origin, so that CSP, storage and workers behave as on the web. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'drydock';
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

/**
 * Whether an address belongs to Drydock's own page. Compared by scheme and host, never by prefix:
 * `app://drydock.evil/` begins like ours. Node gives other schemes the origin "null", so origins cannot be compared.
 */
export function isAppUrl(url: string): boolean {
  const parsed = parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${APP_SCHEME}:` &&
    parsed.host === APP_HOST &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

/**
 * The normal form of an address that may be handed to the system's browser, or null. Only http and https: any other scheme
 * can start a program. An address that carries a user name or password is refused, because it reads like another site.
 */
export function webAddress(url: string): string | null {
  const parsed = parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) return null;
  return parsed.username === '' && parsed.password === '' ? parsed.href : null;
}
