import type { ReactElement } from 'react';
import type { SetupFailure } from '../../src-main/contract/setup-try.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { WarningIcon } from '../ui/icons.tsx';

/** Why a setup did not come to its end: the likely cause, the next step, and what that is read from. */
export const TryFailure = ({ failure }: { readonly failure: SetupFailure }): ReactElement => {
  const { command, line, exitCode, lastLines, cause, next } = failure;
  return (
    <div className="try-failure" role="alert">
      <WarningIcon />
      <div className="grow stack">
        <p>
          <strong>{visibleText(cause)}</strong> <span className="muted">{visibleText(next)}</span>
        </p>
        {(command !== null || exitCode !== null) && (
          <p className="hint">
            {command === null ? 'The script ended' : <>Line {line} ended: <span className="mono literal">{visibleText(command)}</span></>}
            {exitCode !== null && `, exit status ${exitCode}`}
          </p>
        )}
        {lastLines.length > 0 && (
          <pre className="mono try-last" tabIndex={0} aria-label="Last lines of the output">{lastLines.slice(-6).map(visibleText).join('\n')}</pre>
        )}
      </div>
    </div>
  );
};
