import type { ReactElement } from 'react';
import { bytes, count } from './format.ts';
import { CheckIcon, WarningIcon } from './icons.tsx';
import './css/receipt.css';

interface Receipt {
  readonly secrets: readonly string[];
  readonly forms: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly deleted: readonly string[];
  readonly found: readonly { readonly secret: string; readonly form: string; readonly place: string }[];
}

const summaryOf = ({ secrets, forms, files, bytes: size, deleted, found }: Receipt): string => {
  const searched = secrets.length === 0 ? 'no secrets to search for' : `${count(files, 'file')} (${bytes(size)}) searched for ${count(secrets.length, 'secret')} in ${count(forms.length, 'form')}`;
  const cleared = `${count(deleted.length, 'hiding place')} cleared`;
  if (found.length > 0) return `Not sealed: ${searched}; ${cleared}; found in ${count(found.length, 'place')}`;
  return `Sealed: ${searched}; ${cleared}${secrets.length === 0 ? '' : '; nothing found'}`;
};

const List = ({ title, items }: { readonly title: string; readonly items: readonly string[] }): ReactElement => (
  <>
    <dt>{title}</dt>
    <dd>
      {items.length === 0 ? <span className="muted">none</span> : (
        <ul>
          {items.map((item) => (
            <li key={item} className="mono literal">{item}</li>
          ))}
        </ul>
      )}
    </dd>
  </>
);

/** What sealing searched, cleared and found, in a line that opens to all of it. */
export const SealReceipt = ({ receipt, open = false }: { readonly receipt: Receipt; readonly open?: boolean }): ReactElement => {
  const failed = receipt.found.length > 0;
  return (
    <details className={`receipt${failed ? ' red' : ''}`} open={open || failed}>
      <summary>
        <span className={failed ? 'tone-red' : 'tone-green'}>{failed ? <WarningIcon size={12} /> : <CheckIcon size={12} />}</span> {summaryOf(receipt)}
      </summary>
      <dl className="receipt-parts">
        {failed && <List title="Found in" items={receipt.found.map(({ secret, form, place }) => `${place}: ${secret}, ${form}`)} />}
        <List title="Secrets" items={receipt.secrets} />
        <List title="Forms" items={receipt.forms.length === 0 ? [] : [receipt.forms.join(', ')]} />
        <List title="Deleted" items={receipt.deleted} />
      </dl>
      <p className="muted">What was encrypted or compressed cannot be searched: a secret in there would not have been found.</p>
    </details>
  );
};
