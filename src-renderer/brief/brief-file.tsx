import { useRef, type ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { BriefId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { saveFile } from '../ui/save-file.ts';
import { Button } from '../ui/button.tsx';
import { showFault } from '../ui/toast.tsx';
import { flushDraft } from './save-draft.ts';

/** Writes the brief as a Markdown file. */
export const ExportButton = ({ briefId, number }: { readonly briefId: BriefId; readonly number: number }): ReactElement => {
  const save = async (): Promise<void> => {
    try {
      await flushDraft(briefId);
      const { markdown } = await api.briefs.exportFile({ briefId });
      saveFile(`brief-${number}.md`, markdown, 'text/markdown');
    } catch (error) {
      showFault(faultOf(error));
    }
  };
  return (
    <Button look="quiet" onClick={() => void save()}>
      Export
    </Button>
  );
};

/** Reads a Markdown file into the form. */
export const ImportButton = ({ onRead }: { readonly onRead: (text: BriefText) => void }): ReactElement => {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File): Promise<void> => {
    try {
      onRead(await api.briefs.importFile({ markdown: await file.text() }));
    } catch (error) {
      showFault(faultOf(error));
    }
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".md,text/markdown"
        hidden
        aria-label="Brief file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void read(file);
        }}
      />
      <Button look="quiet" onClick={() => input.current?.click()}>
        Import
      </Button>
    </>
  );
};
