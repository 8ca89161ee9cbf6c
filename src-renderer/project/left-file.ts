import type { EnvironmentFileReading } from '../../src-main/contract/endpoints.ts';

const key = (projectId: string): string => `drydock.environment.left.${projectId}`;

/** Names what was looked at: another commit of the same files is the same. */
const nameOf = ({ blob, dockerfile }: EnvironmentFileReading): string => `${blob ?? ''} ${dockerfile ?? ''}`;

/** Whether somebody has decided to leave just this. */
export const isLeft = (projectId: string, reading: EnvironmentFileReading): boolean => {
  try {
    return localStorage.getItem(key(projectId)) === nameOf(reading);
  } catch {
    return false;
  }
};

/** Remembers that it is left, or that it is to be looked at again. */
export const leave = (projectId: string, reading: EnvironmentFileReading | null): void => {
  try {
    if (reading === null) localStorage.removeItem(key(projectId));
    else localStorage.setItem(key(projectId), nameOf(reading));
  } catch {
    // It is asked again after a reload.
  }
};
