import { useCallback, useEffect, useRef, useState } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { markdownOf } from './brief-file.ts';
import { dropMarkdown, keepMarkdown, keptMarkdown } from './draft-storage.ts';
import { sameText, sendable } from './draft-text.ts';

/** Quiet time after which what was typed is read, in milliseconds. */
const READ_AFTER_MS = 300;

export interface Markdown {
  /** What is in the editor; null while it is being written. */
  readonly raw: string | null;
  /** What is wrong with it, once it was read. */
  readonly fault: Fault | null;
  /** It says something that the fields do not say yet. */
  readonly unread: boolean;
  readonly edit: (raw: string) => void;
  /** Shows the fields as Markdown, unless there is Markdown that could not be read. */
  readonly open: () => void;
  readonly discard: () => void;
}

const write = (text: BriefText): Promise<string> => {
  const whole = sendable(text);
  return markdownOf(whole.ok ? whole.text : text);
};

/** The Markdown of a brief. What cannot be read is kept, here and over a reload, until it is corrected or dropped. */
export const useMarkdown = (name: string, text: BriefText, onChange: (text: BriefText) => void, opensAtOnce: boolean): Markdown => {
  const [raw, setRaw] = useState(() => keptMarkdown(name));
  const [unread, setUnread] = useState(raw !== null);
  const [fault, setFault] = useState<Fault | null>(null);
  const latest = useRef({ text, onChange });
  /** The brief that is in the editor as text. */
  const shown = useRef<BriefText | null>(null);
  const reading = useRef(new AbortController());
  useEffect(() => {
    latest.current = { text, onChange };
  });

  const show = (brief: BriefText): void => {
    shown.current = brief;
    void write(brief).then((written) => {
      if (shown.current === brief) setRaw(written);
    });
  };
  // Changed elsewhere while it is on screen, and nothing of ours waits: the text follows.
  useEffect(() => {
    if (raw !== null && !unread && shown.current && !sameText(shown.current, text)) show(text);
  }, [raw, unread, text]);

  const [opens] = useState(opensAtOnce && raw === null);
  useEffect(() => {
    if (opens) show(latest.current.text);
  }, [opens]);

  const read = useCallback((value: string, wait: number): void => {
    reading.current.abort();
    const giveUp = new AbortController();
    reading.current = giveUp;
    setTimeout(() => {
      if (giveUp.signal.aborted) return;
      api.briefs.importFile({ markdown: value }, { signal: giveUp.signal }).then(
        (parsed) => {
          if (giveUp.signal.aborted) return;
          setFault(null);
          setUnread(false);
          shown.current = parsed;
          dropMarkdown(name);
          latest.current.onChange(parsed);
        },
        (error: unknown) => {
          if (!giveUp.signal.aborted) setFault(faultOf(error));
        },
      );
    }, wait);
  }, [name]);
  useEffect(() => {
    const kept = keptMarkdown(name);
    if (kept !== null) read(kept, 0);
  }, [name, read]);

  return {
    raw,
    fault,
    unread,
    edit: (value) => {
      keepMarkdown(name, value);
      setRaw(value);
      setUnread(true);
      read(value, READ_AFTER_MS);
    },
    open: () => {
      if (unread) return;
      setRaw(null);
      show(latest.current.text);
    },
    discard: () => {
      reading.current.abort();
      dropMarkdown(name);
      setUnread(false);
      setFault(null);
      show(latest.current.text);
    },
  };
};
