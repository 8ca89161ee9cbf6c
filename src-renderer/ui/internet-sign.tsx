import type { ReactElement } from 'react';
import { FunnelIcon, GlobeIcon, LockIcon } from './icons.tsx';

const SIGN = {
  off: { Icon: LockIcon, word: 'Internet off', tone: '' },
  allowlist: { Icon: FunnelIcon, word: 'Internet: allow-list', tone: '' },
  full: { Icon: GlobeIcon, word: 'Internet: full', tone: ' tone-red' },
};

/** What may leave the machine, as a shape and a word. */
export const InternetSign = ({ internet }: { readonly internet: keyof typeof SIGN }): ReactElement => {
  const { Icon, word, tone } = SIGN[internet];
  return (
    <span className={`tag${tone}`}>
      <Icon size={12} />
      {word}
    </span>
  );
};
