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

const searchedIn = ({ secrets, forms, files, bytes: size, deleted }: Receipt): string => {
  const searched = secrets.length === 0 ? 'no secrets to search for' : `${count(files, 'file')} (${bytes(size)}) searched for ${count(secrets.length, 'secret')} in ${count(forms.length, 'form')}`;
  return `${searched}; ${count(deleted.length, 'hiding place')} cleared`;
};

/** As what a secret was found, where the form's own name does not say it. */
const FOUND_AS: Readonly<Record<string, string>> = { raw: 'as it is', trimmed: 'as it is', line: 'one line of it' };

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

const Parts = ({ receipt }: { readonly receipt: Receipt }): ReactElement => (
  <>
    <dl className="receipt-parts">
      <List title="Secrets" items={receipt.secrets} />
      <List title="Forms" items={receipt.forms.length === 0 ? [] : [receipt.forms.join(', ')]} />
      <List title="Deleted" items={receipt.deleted} />
    </dl>
    <p className="muted">What was encrypted or compressed cannot be searched: a secret in there would not have been found.</p>
  </>
);

/** What was found and where, and what to do about it; then what was searched, in a line that opens. */
const Found = ({ receipt, next }: { readonly receipt: Receipt; readonly next: string | null }): ReactElement => (
  <section className="receipt red" aria-label="What sealing found">
    <strong>
      <span className="tone-red"><WarningIcon size={12} /></span> Not sealed: {receipt.found.length === 1 ? 'a secret was' : 'secrets were'} left in {count(receipt.found.length, 'place')}
    </strong>
    <ul className="receipt-found" tabIndex={0} aria-label="Where it was found">
      {receipt.found.map(({ secret, form, place }) => (
        <li key={`${place} ${secret} ${form}`}>
          <span className="mono literal">{secret}</span> in <span className="mono literal">{place}</span>, <span className="muted">{FOUND_AS[form] ?? `as ${form}`}</span>
        </li>
      ))}
    </ul>
    {next !== null && <p>{next}</p>}
    <details>
      <summary>{searchedIn(receipt)}</summary>
      <Parts receipt={receipt} />
    </details>
  </section>
);

interface SealReceiptProps {
  readonly receipt: Receipt;
  /** What to do about what was found, unless that is said beside it already. */
  readonly next?: string | null;
}

/** What sealing searched, cleared and found, in a line that opens to all of it. */
export const SealReceipt = ({ receipt, next = null }: SealReceiptProps): ReactElement =>
  receipt.found.length > 0 ? (
    <Found receipt={receipt} next={next} />
  ) : (
    <details className="receipt">
      <summary>
        <span className="tone-green"><CheckIcon size={12} /></span> Sealed: {searchedIn(receipt)}
        {receipt.secrets.length > 0 && '; nothing found'}
      </summary>
      <Parts receipt={receipt} />
    </details>
  );
