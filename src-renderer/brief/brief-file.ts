import type { BriefText } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { loadPart } from '../client/load-part.ts';
import { saveFile } from '../ui/save-file.ts';
import { showFault } from '../ui/toast.tsx';
import { sendable } from './draft-text.ts';

/** A brief as the Markdown that it is exported as, with the YAML that this needs loaded when it is first asked for. */
export const markdownOf = async (text: BriefText): Promise<string> => {
  const { writeBriefFile } = await loadPart(() => import('../../src-main/domain/brief-file.ts'));
  return writeBriefFile(text);
};

/** Writes the brief, as it is on screen, as a Markdown file. */
export const exportBrief = async (name: string, text: BriefText): Promise<void> => {
  const whole = sendable(text);
  saveFile(`${name}.md`, await markdownOf(whole.ok ? whole.text : text), 'text/markdown');
};

/** Lets a Markdown file be chosen and reads it. */
export const importBrief = (onRead: (text: BriefText) => void): void => {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.md,text/markdown';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    file
      ?.text()
      .then((markdown) => api.briefs.importFile({ markdown }))
      .then(onRead, (error: unknown) => showFault(faultOf(error)));
  });
  input.click();
};
