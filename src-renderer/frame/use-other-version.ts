import { useEffect, useRef, useState } from 'react';
import { api } from '../client/api.ts';
import { useConnection } from '../client/connection.ts';

/**
 * The version of the service, when it is not the one that this page was loaded with: Drydock was updated meanwhile.
 * A page and the service that it first talks to are of one installation.
 */
export const useOtherVersion = (): string | null => {
  const isUp = useConnection((connection) => connection.state === 'up');
  const first = useRef<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  useEffect(() => {
    if (!isUp) return;
    const giveUp = new AbortController();
    api.service.hello({}, { signal: giveUp.signal }).then(
      ({ version }) => {
        first.current ??= version;
        setOther(version === first.current ? null : version);
      },
      () => undefined,
    );
    return () => giveUp.abort();
  }, [isUp]);
  return other;
};
