/**
 * The one content security policy, for the browser window and for Electron's: nothing from the network, no inline
 * script, no frame. `style-src 'unsafe-inline'` is there because the editor (Monaco) writes style elements at run time;
 * inline styles cannot run code. `data:` and `blob:` images are evidence files shown in a review.
 *
 * @param serviceSocket WebSocket address of the service, such as `ws://127.0.0.1:4000`. Left out where the page
 * talks through a message port and needs no connection at all beyond its own files.
 */
export function contentSecurityPolicy(serviceSocket?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${serviceSocket === undefined ? '' : ` ${serviceSocket}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
