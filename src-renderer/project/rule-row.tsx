import { useId, type ReactElement } from 'react';
import { httpMethod, type HttpMethod, type NetworkRule } from '../../src-main/contract/network.ts';
import { parseRule } from '../../src-main/domain/network/parse-rule.ts';
import { warningFor } from '../../src-main/domain/network/warning-for.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { ChevronDownIcon, CloseIcon, WarningIcon } from '../ui/icons.tsx';
import { TickMenu } from '../ui/tick-menu.tsx';
import './rule.css';

const METHODS = httpMethod.options.map((id) => ({ id, title: id }));

export interface RuleRowProps {
  readonly number: number;
  readonly rule: NetworkRule;
  readonly onChange: (rule: NetworkRule) => void;
  /** null: it is taken out elsewhere. */
  readonly onRemove: (() => void) | null;
}

/** One host of the allow-list, with what is wrong with it, or to be known of it, while it is typed. */
export const RuleRow = ({ number, rule, onChange, onRemove }: RuleRowProps): ReactElement => {
  const id = useId();
  const parsed = parseRule(rule);
  const wrong = parsed.kind === 'refused' ? parsed.field : null;
  const warning = parsed.kind === 'rule' ? warningFor(parsed.rule) : null;
  const isNew = rule.host.trim() === '' && rule.path === '' && wrong !== 'port';
  const set = (change: Partial<NetworkRule>): void => onChange({ ...rule, ...change });
  const port = (text: string): void => {
    const value = Number(text);
    set({ port: text.trim() === '' || Number.isNaN(value) ? null : value });
  };
  const methods = rule.methods.length === 0 ? 'Any method' : rule.methods.join(', ');
  return (
    <div className="rule" role="group" aria-label={`Host ${number}`}>
      <div className="rule-fields">
        <input type="text" className="input mono" aria-label="Host" aria-describedby={id} aria-invalid={wrong === 'host' && !isNew} data-mistake={wrong === 'host' || undefined} autoFocus={isNew} autoComplete="off" spellCheck={false} placeholder="e.g. *.example.com" maxLength={260} value={rule.host} onChange={(event) => set({ host: event.target.value })} />
        <input type="number" className="input" aria-label="Port" aria-describedby={id} aria-invalid={wrong === 'port'} data-mistake={wrong === 'port' || undefined} min={1} max={65_535} placeholder="443" value={rule.port ?? ''} onChange={(event) => port(event.target.value)} />
        <input type="text" className="input mono" aria-label="Path below" aria-describedby={id} aria-invalid={wrong === 'path'} data-mistake={wrong === 'path' || undefined} autoComplete="off" spellCheck={false} placeholder="any path" maxLength={1_024} value={rule.path} onChange={(event) => set({ path: event.target.value })} />
        <TickMenu
          label={`Methods: ${methods}`}
          button={
            <>
              <span className="ellipsis grow">{methods}</span>
              <ChevronDownIcon size={12} />
            </>
          }
          sections={[{ title: 'None ticked: any', options: METHODS, ticked: rule.methods, onChange: (ticked) => set({ methods: METHODS.map((each) => each.id).filter((each): each is HttpMethod => ticked.includes(each)) }) }]}
        />
        {onRemove && (
          <Button look="icon" aria-label={`Remove host ${number}`} onClick={onRemove}>
            <CloseIcon />
          </Button>
        )}
      </div>
      <div className="rule-below">
        <Checkbox checked={rule.allowPrivate} onChange={(allowPrivate) => set({ allowPrivate })}>
          May be in a private network
        </Checkbox>
        <span id={id} className="grow" aria-live="polite">
          {parsed.kind === 'refused' && <span className={isNew ? 'hint' : 'error'}>{parsed.message}</span>}
          {warning !== null && (
            <span className="rule-warning">
              <WarningIcon size={12} /> {warning}
            </span>
          )}
        </span>
      </div>
    </div>
  );
};
