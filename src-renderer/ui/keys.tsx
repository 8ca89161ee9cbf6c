import type { ReactElement } from 'react';

/** Keys as they are printed on the keyboard; `presses` holds one list for each press. */
export const Keys = ({ presses }: { readonly presses: readonly (readonly string[])[] }): ReactElement => (
  <span className="keys">
    {presses.map((press, at) => (
      <span key={at} className="press">
        {press.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
    ))}
  </span>
);
