import type { FolderLook } from './folder-look.ts';

/** A tool that something in the repository wants to find in the image. */
export interface Need {
  readonly tool: string;
  /** As the file says it; null: any. */
  readonly version: string | null;
  /** The file that asks. */
  readonly from: string;
}

/** How the dependencies of one ecosystem are brought in. */
export interface Install {
  readonly commands: readonly string[];
  /** Whether the commands, run again on what an older lock file left, end in exactly what the new one says. */
  readonly isRepeatable: boolean;
  /** Names of files in the same folder whose content decides what is installed. */
  readonly lockFiles: readonly string[];
  readonly reason: string;
  readonly needs: readonly Need[];
}

export interface ProposedCheck {
  readonly command: string;
  /** The file that names it. */
  readonly from: string;
}

/** One family of tools: what it recognises in a folder. */
export interface Ecosystem {
  /** From a lock file, which may lie above the folder that is worked in. */
  locked(look: FolderLook): Install | null;
  /** From a manifest alone, where no lock file is found here or above. */
  unlocked?(look: FolderLook): Install | null;
  /** Checks of the folder itself; `installed` is the folder of the install, or null. */
  checks(look: FolderLook, installed: FolderLook | null): readonly ProposedCheck[];
  /** What to put before a command of these tools, so that it finds what was installed; null: it is none of theirs, or finds it by itself. */
  runner?(command: string, look: FolderLook): string | null;
}

export const need = (tool: string, from: string, version: string | null = null): Need => ({ tool, version, from });
