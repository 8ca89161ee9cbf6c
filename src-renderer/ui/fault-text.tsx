import type { ReactElement } from 'react';
import { CodedText } from './coded-text.tsx';
import { WarningIcon } from './icons.tsx';

/** A failure where it happened: what and why, then the next step. */
export const FaultText = ({ fault }: { readonly fault: { readonly message: string; readonly next: string } }): ReactElement => (
  <div className="row" role="alert" style={{ alignItems: 'flex-start' }}>
    <span className="tone-red">
      <WarningIcon />
    </span>
    <div className="grow">
      <div className="tone-red"><CodedText text={fault.message} /></div>
      <div className="hint"><CodedText text={fault.next} /></div>
    </div>
  </div>
);
