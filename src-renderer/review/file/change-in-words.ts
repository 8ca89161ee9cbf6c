import type { FileChange } from '../../../src-main/contract/result.ts';

export const KIND: Readonly<Record<FileChange['kind'], { readonly letter: string; readonly word: string }>> = {
  added: { letter: 'A', word: 'added' },
  modified: { letter: 'M', word: 'modified' },
  deleted: { letter: 'D', word: 'deleted' },
  renamed: { letter: 'R', word: 'renamed' },
  typeChanged: { letter: 'T', word: 'type changed' },
  modeChanged: { letter: 'X', word: 'mode changed' },
};

const MODE_WORD: Readonly<Record<string, string>> = {
  '100644': 'a plain file',
  '100755': 'an executable file',
  '120000': 'a symbolic link',
  '160000': 'a submodule',
};

export const isLink = (change: FileChange): boolean => change.newMode === '120000' || (change.newMode === null && change.oldMode === '120000');
export const isSubmodule = (change: FileChange): boolean => change.newMode === '160000' || change.oldMode === '160000';

/** What happened to the path beside its text, in words. */
export const remarksOn = (change: FileChange): readonly string[] => {
  const remarks: string[] = [];
  if (change.oldPath !== null && change.oldPath !== change.path) remarks.push(`Renamed from ${change.oldPath}.`);
  if (change.oldMode && change.newMode && change.oldMode !== change.newMode) {
    remarks.push(`Was ${MODE_WORD[change.oldMode]} (${change.oldMode}), is now ${MODE_WORD[change.newMode]} (${change.newMode}).`);
  } else if (change.kind === 'added' && change.newMode && change.newMode !== '100644') remarks.push(`Added as ${MODE_WORD[change.newMode]}.`);
  return remarks;
};
