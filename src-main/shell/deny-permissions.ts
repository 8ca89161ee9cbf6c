import type { Session } from 'electron';

/**
 * The interface needs no camera, no location, no device, nothing a permission guards. What the page copies itself goes
 * through `clipboard-sanitized-write`, plain text on a person's key press, and is the one exception.
 */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(GRANTED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  session.setDevicePermissionHandler(() => false);
}
