import type { ReactElement } from 'react';
import type { Finding } from '../../../src-main/contract/result.ts';
import { count } from '../../ui/format.ts';
import { FlagIcon } from '../../ui/icons.tsx';
import { countFindings } from '../../client/finding-words.ts';

interface FindingSignProps {
  readonly findings: readonly Finding[];
  /** Room for all words; without it, those that the colour stands for are for readers and in the title. */
  readonly long?: boolean;
}

/** How many findings ask for a look, and how many of them are grave. */
export const FindingSign = ({ findings, long = false }: FindingSignProps): ReactElement | null => {
  const { high, all, tone } = countFindings(findings);
  if (all === 0) return null;
  const grave = high === 0 ? '' : high === all ? 'grave' : `${high} of them grave`;
  return (
    <span className={`tag tone-${tone}`} title={long ? undefined : grave}>
      <FlagIcon size={12} />
      <span>
        {count(all, 'finding')}
        {grave !== '' && <span className={long ? '' : 'hidden-text'}>, {grave}</span>}
      </span>
    </span>
  );
};
