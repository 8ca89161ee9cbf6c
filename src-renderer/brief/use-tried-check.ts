import { useEffect, useRef, useState } from 'react';
import type { BriefText, Check } from '../../src-main/contract/brief.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { folderOf } from './draft-text.ts';

/** What is kept of the output of a check that is tried, in characters: its end. */
const MOST = 200_000;

type Outcome =
  | { readonly kind: 'running'; readonly since: number }
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly timedOut: boolean; readonly durationMs: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly fault: Fault };

export interface Tried {
  readonly outcome: Outcome;
  readonly output: string;
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** A check tried on the base: it runs while this page is there, and ends with it. */
export const useTriedCheck = (projectId: ProjectId) => {
  const [tried, setTried] = useState<Tried | null>(null);
  const going = useRef<AbortController | null>(null);
  useEffect(() => () => going.current?.abort(), []);

  const run = async (text: BriefText, check: Check): Promise<void> => {
    going.current?.abort();
    const giveUp = new AbortController();
    going.current = giveUp;
    const decoder = new TextDecoder();
    let output = '';
    let drawing = false;
    const show = (outcome: Outcome): void => {
      if (going.current === giveUp) setTried({ outcome, output });
    };
    const running: Outcome = { kind: 'running', since: Date.now() };
    let outcome: Outcome = running;
    show(running);
    try {
      const events = await api.briefs.tryCheck({ projectId, base: text.runsWith.base, workingDirectory: folderOf(text), check }, { signal: giveUp.signal });
      // Told at once that nobody listens any more: its container goes with the stream.
      giveUp.signal.addEventListener('abort', () => {
        outcome = { kind: 'stopped' };
        show(outcome);
        events.return(undefined).catch(() => undefined);
      });
      for await (const event of events) {
        if (event.kind === 'end') outcome = { ...event, kind: 'ended' };
        else output = (output + decoder.decode(bytesOf(event.bytes), { stream: true })).slice(-MOST);
        // Once a frame at most, however fast it writes.
        if (drawing) continue;
        drawing = true;
        requestAnimationFrame(() => {
          drawing = false;
          show(outcome);
        });
      }
      if (outcome === running) outcome = { kind: 'stopped' };
    } catch (error) {
      outcome = giveUp.signal.aborted ? { kind: 'stopped' } : { kind: 'refused', fault: faultOf(error) };
    }
    show(outcome);
  };
  const stop = (): void => going.current?.abort();
  const close = (): void => {
    stop();
    going.current = null;
    setTried(null);
  };
  return { tried, run, stop, close };
};
