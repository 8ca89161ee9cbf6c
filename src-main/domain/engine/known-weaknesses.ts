/** A weakness that was published, and the first versions without it: one for each line that was mended. */
export interface KnownWeakness {
  readonly id: string;
  readonly part: 'engine' | 'containerd' | 'runc';
  /** Ascending; every line above the last one is without it, a line between two of them that is not named was never mended. */
  readonly fixedIn: readonly string[];
  /** What it lets a container do, and what that means for runs. */
  readonly means: string;
}

/**
 * From the advisories of their projects. Only what concerns containers that are held for hostile: what needs a hostile registry, a
 * plugin or an orchestrator is not here.
 */
export const KNOWN_WEAKNESSES: readonly KnownWeakness[] = [
  {
    id: 'CVE-2024-21626',
    part: 'runc',
    fixedIn: ['1.1.12'],
    means: "A container can start in a folder of the host through a file that was left open, and leave its own file system. An image's working directory is not used by Drydock, which makes it harder, not impossible.",
  },
  {
    id: 'CVE-2025-31133, CVE-2025-52565, CVE-2025-52881',
    part: 'runc',
    fixedIn: ['1.2.8', '1.3.3', '1.4.0-rc.3'],
    means: 'A container that races its own start can write to files of the host that are covered or mounted in it, and so leave it.',
  },
  {
    id: 'CVE-2024-40635',
    part: 'containerd',
    fixedIn: ['1.6.38', '1.7.27', '2.0.4'],
    means: 'An image can name a user number so large that its container runs as root. Drydock names the user itself, so its containers do not.',
  },
  {
    id: 'CVE-2024-29018',
    part: 'engine',
    fixedIn: ['23.0.11', '25.0.5', '26.0.0'],
    means: "A container on an internal network reaches the host's name servers. Drydock makes no internal networks: offline means no network at all.",
  },
  {
    id: 'CVE-2026-41567, CVE-2026-41568, CVE-2026-42306',
    part: 'engine',
    fixedIn: ['29.5.1'],
    means: 'Copying files into a container whose own files are hostile can write to the host. Drydock copies only into containers that never ran; other tools on this machine may not be so careful.',
  },
];
