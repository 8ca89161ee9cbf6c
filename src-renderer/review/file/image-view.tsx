import { useEffect, useMemo, useState, type ReactElement } from 'react';
import type { FileContent } from '../../../src-main/contract/endpoints.ts';
import { bytes as size } from '../../ui/format.ts';
import { bytesOf } from './file-contents.ts';
import { pictureType } from './picture.ts';

interface PictureProps {
  readonly title: string;
  readonly tone: 'red' | 'green';
  readonly content: FileContent | null;
  readonly svg: boolean;
}

/** A picture from bytes; shown from memory, so that nothing in it can reach out. */
export const Picture = ({ content, name, svg }: { readonly content: FileContent; readonly name: string; readonly svg: boolean }): ReactElement => {
  const [measured, setMeasured] = useState('');
  const [broken, setBroken] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const bytes = useMemo(() => bytesOf(content), [content]);
  const type = bytes === null ? null : svg ? 'image/svg+xml' : pictureType(bytes);
  useEffect(() => {
    setBroken(false);
    if (bytes === null || type === null) return setUrl(null);
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  if (bytes === null) return <p className="muted">Too large to show ({size(content.size)}).</p>;
  if (type === null || broken) return <p className="picture-none">Not a picture, whatever its name says ({size(content.size)}).</p>;
  return (
    <>
      <div className="picture-ground">
        {url !== null && <img src={url} alt={name} onError={() => setBroken(true)} onLoad={({ currentTarget }) => setMeasured(`${currentTarget.naturalWidth} × ${currentTarget.naturalHeight}, `)} />}
      </div>
      <p className="muted picture-size">
        {measured}
        {size(content.size)}
      </p>
    </>
  );
};

const Side = ({ title, tone, content, svg }: PictureProps): ReactElement => (
  <figure className="picture">
    <figcaption className={`tone-${tone}`}>{title}</figcaption>
    {content === null ? <p className="muted">Not there.</p> : <Picture content={content} name={title} svg={svg} />}
  </figure>
);

/** A picture before and after, beside each other. */
export const ImageView = ({ before, after, svg }: { readonly before: FileContent | null; readonly after: FileContent | null; readonly svg: boolean }): ReactElement => (
  <div className="pictures">
    {before !== null && <Side title={after === null ? 'Deleted' : 'Before'} tone="red" content={before} svg={svg} />}
    {after !== null && <Side title={before === null ? 'Added' : 'After'} tone="green" content={after} svg={svg} />}
  </div>
);
