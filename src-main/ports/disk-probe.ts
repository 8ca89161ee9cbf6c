/** Free and all bytes of a file system. */
export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** What this machine tells about its disks. */
export interface DiskProbe {
  /** Of the file system that holds a path. null: it cannot be known, because there is no such path here or it may not be looked at. */
  space(path: string): Promise<Space | null>;
}
