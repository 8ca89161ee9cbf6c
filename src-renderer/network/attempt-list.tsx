import type { ReactElement } from 'react';
import type { NetworkEntry } from '../../src-main/contract/network.ts';
import { entryPlace } from '../../src-main/domain/network/entry-place.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { bytes, shortMoment } from '../ui/format.ts';
import { Sign } from '../ui/sign.tsx';
import { REFUSAL_IN_WORDS } from './refusal-in-words.ts';
import { keyOfRule } from './rule-in-words.ts';

interface AttemptListProps {
  readonly entries: readonly NetworkEntry[];
  /** Rules that are ticked, by their keys. */
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (key: string, on: boolean) => void;
}

/** The kinds of attempts as rows, the refused first. */
export const AttemptList = ({ entries, ticked, onTick }: AttemptListProps): ReactElement => (
  <div className="table-frame" tabIndex={0} role="region" aria-label="Attempts">
    <table className="table network-table">
      <thead>
        <tr>
          <th className="table-title" scope="col"><span className="hidden-text">Allow</span></th>
          {['Outcome', 'Host', 'Request'].map((title) => <th key={title} className="table-title" scope="col">{title}</th>)}
          {['Times', 'Sent', 'Received', 'First', 'Last'].map((title) => <th key={title} className="table-title end" scope="col">{title}</th>)}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { refused, wouldNeed } = entry;
          const place = visibleText(`${entry.host}:${entry.port}`);
          return (
            <tr key={entryPlace(entry)} className="table-row" data-refused={refused ?? undefined}>
              <td className="table-cell">
                {wouldNeed && (
                  <Checkbox checked={ticked.has(keyOfRule(wouldNeed))} onChange={(on) => onTick(keyOfRule(wouldNeed), on)}>
                    <span className="hidden-text">Allow {place} {entry.method ?? ''} {visibleText(entry.path ?? '')}</span>
                  </Checkbox>
                )}
              </td>
              <td className="table-cell">
                {refused === null ? <Sign tone="green" shape="check">passed</Sign> : <Sign tone="red" shape="cross">refused</Sign>}
              </td>
              <th className="table-cell network-host" scope="row">
                <span className="mono literal">{place}</span>
                {refused !== null && <span className="hint block">{REFUSAL_IN_WORDS[refused]}</span>}
              </th>
              <td className="table-cell network-request">
                {entry.method === null ? <span className="muted">not looked into</span> : <span className="mono literal">{visibleText(`${entry.method} ${entry.path ?? ''}`)}</span>}
              </td>
              <td className="table-cell end">{entry.count.toLocaleString('en')}</td>
              <td className="table-cell end">{bytes(entry.sentBytes)}</td>
              <td className="table-cell end">{bytes(entry.receivedBytes)}</td>
              <td className="table-cell end">{shortMoment(entry.at)}</td>
              <td className="table-cell end">{shortMoment(entry.lastAt)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);
