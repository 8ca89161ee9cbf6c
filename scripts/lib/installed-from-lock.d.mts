/** Whether npm installed into `folder` exactly what its lock file names. */
export function isInstalledFromLock(folder: string): boolean;
