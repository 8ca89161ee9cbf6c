import type { ReactElement } from 'react';

/** What stands between two backticks, on one line. */
const CODE = /`([^`\n]+)`/g;

/** A text of Drydock's own in which backticks stand around what is typed into a terminal or a file: that is shown as code. It must be fit to be shown. */
export const CodedText = ({ text }: { readonly text: string }): ReactElement => (
  <>{text.split(CODE).map((part, at) => (at % 2 === 1 ? <code key={at} className="literal">{part}</code> : part))}</>
);
