/**
 * How long to wait before each further try, in milliseconds. A browser cuts whatever it is fetching, from this machine too, when a
 * network of the machine comes or goes (Chromium: ERR_NETWORK_CHANGED), and Docker makes one for every setup.
 */
const AGAIN_AFTER_MS = [100, 500, 2_000] as const;

/** Sheets that did not come. The bundler's loader asks for each but once, and would show their part without them. */
const lost = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target);
  },
  true,
);

const fetchLostSheets = async (): Promise<void> => {
  const links = [...lost];
  lost.clear();
  await Promise.all(
    links.map(
      (link) =>
        new Promise((resolve, reject) => {
          const again = link.cloneNode() as HTMLLinkElement;
          again.addEventListener('load', resolve);
          again.addEventListener('error', () => reject(new Error(`${link.href} did not come`)));
          link.replaceWith(again);
        }),
    ),
  );
};

/** Loads a part of the window that does not come with its first page. Fails with what the last try failed with. */
export const loadPart = async <Part>(load: () => Promise<Part>): Promise<Part> => {
  const tryOnce = async (): Promise<Part> => {
    const part = await load();
    await fetchLostSheets();
    return part;
  };
  for (const pause of AGAIN_AFTER_MS) {
    try {
      return await tryOnce();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return tryOnce();
};
