import { useEffect, useMemo, useState, type ReactElement } from 'react';
import type { FileContent } from '../../../src-main/contract/endpoints.ts';
import { bytes as size } from '../../ui/format.ts';
import { NOT_A_PICTURE } from './broken-pictures.ts';
import { bytesOf } from './file-contents.ts';
import { pictureType } from '../../../src-main/domain/picture.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A smaller picture is shown larger, so that it can be seen: pixels of its longer side. */
const SMALLEST = 96;

/** How many times larger a picture is shown than it is. */
const scaleOf = ({ width, height }: Size): number => {
  const longer = Math.max(width, height);
  return longer === 0 || longer >= SMALLEST ? 1 : Math.ceil(SMALLEST / longer);
};

interface PictureProps {
  readonly title: string;
  readonly tone: 'red' | 'green';
  readonly content: FileContent | null;
  readonly svg: boolean;
  readonly onBroken?: () => void;
}

/** A picture from bytes; shown from memory, so that nothing in it can reach out. */
export const Picture = ({ content, name, svg, onBroken }: { readonly content: FileContent; readonly name: string; readonly svg: boolean; readonly onBroken?: () => void }): ReactElement => {
  const [measured, setMeasured] = useState<Size | null>(null);
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
  const isBroken = bytes !== null && bytes.length > 0 && (type === null || broken);
  useEffect(() => {
    if (isBroken) onBroken?.();
  }, [isBroken, onBroken]);
  const scale = measured && !svg ? scaleOf(measured) : 1;
  if (bytes === null) return <p className="muted">Too large to show ({size(content.size)}).</p>;
  if (bytes.length === 0) return <p className="muted">The file is empty.</p>;
  if (isBroken) return <p className="picture-none">{NOT_A_PICTURE} ({size(content.size)}).</p>;
  return (
    <>
      <div className="picture-ground">
        {url !== null && <img src={url} alt={name} onError={() => setBroken(true)} {...(measured && scale > 1 && { className: 'enlarged', width: measured.width * scale, height: measured.height * scale })} onLoad={({ currentTarget }) => setMeasured({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })} />}
      </div>
      <p className="muted picture-size">
        {measured && `${measured.width} × ${measured.height}${scale > 1 ? `, shown ${scale} times larger` : ''}, `}
        {size(content.size)}
      </p>
    </>
  );
};

const Side = ({ title, tone, content, svg, onBroken }: PictureProps): ReactElement => (
  <figure className="picture">
    <figcaption className={`tone-${tone}`}>{title}</figcaption>
    {content === null ? <p className="muted">Not there.</p> : <Picture content={content} name={title} svg={svg} {...(onBroken && { onBroken })} />}
  </figure>
);

interface ImageViewProps {
  readonly before: FileContent | null;
  readonly after: FileContent | null;
  readonly svg: boolean;
  /** The one after is no picture. */
  readonly onBroken?: () => void;
}

/** A picture before and after, beside each other. */
export const ImageView = ({ before, after, svg, onBroken }: ImageViewProps): ReactElement => (
  <div className="pictures">
    {before !== null && <Side title={after === null ? 'Deleted' : 'Before'} tone="red" content={before} svg={svg} />}
    {after !== null && <Side title={before === null ? 'Added' : 'After'} tone="green" content={after} svg={svg} {...(onBroken && { onBroken })} />}
  </div>
);
