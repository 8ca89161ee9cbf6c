import { useEffect, useMemo, useRef, type ReactElement } from 'react';
import type { Check } from '../../src-main/contract/brief.ts';
import { visibleLine, visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { clock, duration } from '../ui/format.ts';
import { CloseIcon, StopIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Tried } from './use-tried-check.ts';

/** Lines that are shown: the end of the output. */
const MOST_LINES = 400;

const Verdict = ({ tried, expect }: { readonly tried: Tried; readonly expect: Check['expect'] }): ReactElement => {
  const { outcome } = tried;
  const now = useNow(outcome.kind === 'running');
  if (outcome.kind === 'running') return <Sign tone="accent" shape="play">Running on the base, {clock(now - outcome.since)}</Sign>;
  if (outcome.kind === 'stopped') return <Sign tone="grey" shape="stop">Stopped</Sign>;
  if (outcome.kind === 'refused') return <Sign tone="red" shape="cross">Could not be tried</Sign>;
  const after = `status ${outcome.exitCode ?? 'unknown'}, ${duration(outcome.durationMs)}`;
  if (outcome.timedOut) return <Sign tone="red" shape="clock">Timed out after {duration(outcome.durationMs)}</Sign>;
  const passed = outcome.exitCode === 0;
  if (expect === 'failsThenPasses') {
    return passed ? <Sign tone="amber" shape="check">Passes on the base already: {after}</Sign> : <Sign tone="green" shape="check">Fails on the base, as expected: {after}</Sign>;
  }
  return passed ? <Sign tone="green" shape="check">Passed on the base: {after}</Sign> : <Sign tone="red" shape="cross">Failed on the base: {after}</Sign>;
};

interface TriedOutputProps {
  readonly tried: Tried;
  readonly check: Check;
  readonly environmentHref: string;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

/** What a check on the base says, while it says it. */
export const TriedOutput = ({ tried, check, environmentHref, onStop, onClose }: TriedOutputProps): ReactElement => {
  const pane = useRef<HTMLPreElement>(null);
  const { outcome, output } = tried;
  const lines = useMemo(() => output.replace(/\n$/, '').split('\n').slice(-MOST_LINES).map(visibleLine).join('\n'), [output]);
  useEffect(() => {
    pane.current?.scrollTo(0, pane.current.scrollHeight);
  }, [lines]);
  return (
    <div className="base-output" role="group" aria-label="The check on the base">
      <div className="row">
        <span className="grow" role="status">
          <Verdict tried={tried} expect={check.expect} />
        </span>
        {outcome.kind === 'running' ? (
          <Button look="quiet" onClick={onStop}>
            <StopIcon size={12} /> Stop
          </Button>
        ) : (
          <Button look="icon" aria-label="Close the output" onClick={onClose}>
            <CloseIcon size={12} />
          </Button>
        )}
      </div>
      {outcome.kind === 'refused' && (
        <>
          <FaultText fault={{ message: visibleText(outcome.fault.message), next: visibleText(outcome.fault.next) }} />
          <a href={environmentHref}>Environment of the project</a>
        </>
      )}
      {lines !== '' && (
        <pre ref={pane} className="text-box base-log mono" tabIndex={0} aria-label="Output">
          {lines}
        </pre>
      )}
    </div>
  );
};
