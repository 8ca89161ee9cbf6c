import { useEffect, useState, type ReactElement } from 'react';
import type { FileContent } from '../../../src-main/contract/endpoints.ts';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { CheckOutcome } from '../../../src-main/contract/result.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { bytes } from '../../ui/format.ts';
import { DownIcon, FileIcon } from '../../ui/icons.tsx';
import { bytesOf, contentOf } from '../file/file-contents.ts';
import { Picture } from '../file/image-view.tsx';
import { isNamedPicture, isSvg } from '../../../src-main/domain/picture.ts';
import { showFault } from '../../ui/toast.tsx';
import { faultOf } from '../../client/fault-of.ts';

type Kept = CheckOutcome['kept'][number];

const KeptPicture = ({ runId, file }: { readonly runId: RunId; readonly file: Kept }): ReactElement | null => {
  const [content, setContent] = useState<FileContent | null>(null);
  useEffect(() => {
    let current = true;
    contentOf(runId, file.blob).then((found) => current && setContent(found), () => undefined);
    return () => {
      current = false;
    };
  }, [runId, file.blob]);
  return content && <Picture content={content} name={visibleText(file.path)} svg={isSvg(file.path)} />;
};

const save = async (runId: RunId, file: Kept): Promise<void> => {
  try {
    const whole = bytesOf(await contentOf(runId, file.blob));
    if (whole === null) return showFault({ message: `${visibleText(file.path)} is too large to hand over (${bytes(file.size)}).`, next: 'Have the check keep a smaller file.' });
    const url = URL.createObjectURL(new Blob([whole], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = file.path.slice(file.path.lastIndexOf('/') + 1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
  } catch (error) {
    showFault(faultOf(error));
  }
};

/** The files that a check left as evidence; pictures are shown. */
export const KeptFiles = ({ runId, kept }: { readonly runId: RunId; readonly kept: readonly Kept[] }): ReactElement => (
  <ul className="kept-files">
    {kept.map((file) => (
      <li key={file.path}>
        <div className="row">
          <FileIcon size={12} />
          <span className="mono literal grow ellipsis" title={visibleText(file.path)}>
            {visibleText(file.path)}
          </span>
          <span className="muted">{bytes(file.size)}</span>
          <Button look="icon" className="small" aria-label={`Download ${visibleText(file.path)}`} onClick={() => void save(runId, file)}>
            <DownIcon size={12} />
          </Button>
        </div>
        {(isNamedPicture(file.path) || isSvg(file.path)) && <KeptPicture runId={runId} file={file} />}
      </li>
    ))}
  </ul>
);
