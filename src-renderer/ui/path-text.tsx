import type { ReactElement } from 'react';
import './css/path-text.css';

/** Characters at the end of a name that are never cut: the extension, and what often tells alike names apart. */
const KEPT = 10;

/** A name in two, at a place where no character is taken apart; a short one stays whole. */
const inTwo = (name: string): readonly [string, string] => {
  if (name.length <= KEPT) return ['', name];
  const characters = [...new Intl.Segmenter('en').segment(name)];
  const at = characters.at(-KEPT)?.index ?? 0;
  return [name.slice(0, at), name.slice(at)];
};

/** A path on one line. Where there is no room for it, first the folder is cut and then the middle of the name; it must be fit to be shown. */
export const PathText = ({ path }: { readonly path: string }): ReactElement => {
  const cut = path.lastIndexOf('/') + 1;
  const [stem, tail] = inTwo(path.slice(cut));
  return (
    <span className="mono path-text">
      {cut > 0 && <span className="literal muted path-folder">{path.slice(0, cut)}</span>}
      {stem !== '' && <span className="literal path-name path-stem">{stem}</span>}
      <span className="literal path-name">{tail}</span>
    </span>
  );
};
