/** What a tree weighs, checked out. */
export interface Weight {
  readonly files: number;
  readonly bytes: number;
}

/**
 * From here on the workspace of a project without setup is put into an image once, as setup's is, and the containers of its runs
 * and checks start from that: putting 20,000 files in takes 2.5 s each time, and an image made of a container that holds them
 * as long again, whatever few of them were changed. Below it, making the image costs more than it saves: about 0.3 s, as 2,000 files do.
 */
const HEAVY: Weight = { files: 2_000, bytes: 64 * 2 ** 20 };

export const isHeavy = ({ files, bytes }: Weight): boolean => files > HEAVY.files || bytes > HEAVY.bytes;
