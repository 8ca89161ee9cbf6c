import type { Attachment } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';
import { bytes } from '../ui/format.ts';

/** Largest file that is taken, in bytes, and most files of a brief: what the contract carries. */
export const LARGEST = 10 * 2 ** 20;
export const MOST_FILES = 32;

/** A name that the contract takes and no other attachment has. */
const nameFor = (wanted: string, taken: ReadonlySet<string>): string => {
  const clean = wanted.replaceAll(/[/\\\0]/g, '-').slice(-200) || 'file';
  const plain = clean === '.' || clean === '..' ? 'file' : clean;
  const dot = plain.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, ''];
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? plain : `${stem}-${count}${ending}`;
    if (!taken.has(name)) return name;
  }
};

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });

/** Takes one file in; the answer is what the brief names. A refusal is a sentence. */
export const takeFile = async (projectId: ProjectId, file: File, taken: ReadonlySet<string>): Promise<Attachment | string> => {
  const shown = visibleText(file.name);
  if (taken.size >= MOST_FILES) return `${shown} was left out: a brief can have ${MOST_FILES} files.`;
  if (file.size > LARGEST) return `${shown} is too large: ${bytes(file.size)}, at most ${bytes(LARGEST)}.`;
  try {
    return await api.briefs.attach({ commandId: newCommandId(), projectId, name: nameFor(file.name, taken), bytes: await base64Of(file) });
  } catch (error) {
    const fault = faultOf(error);
    return `${shown} was not attached: ${visibleText(fault.message)} ${visibleText(fault.next)}`;
  }
};
