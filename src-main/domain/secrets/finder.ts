import type { FormOf } from './forms.ts';
import type { Matcher } from './matcher.ts';

/** Looks for secrets in a stream: a hit is told once its last byte has come, whatever pieces it came in. */
export const createFinder = (matcher: Matcher<FormOf>): { push(bytes: Uint8Array): readonly FormOf[]; reset(): void } => {
  let tail = new Uint8Array(0);
  const longest = Math.max(1, matcher.longest);
  return {
    push: (bytes) => {
      const found: FormOf[] = [];
      if (tail.length > 0) {
        // What lies across the two pieces; what lies in the second alone is found below.
        const head = bytes.subarray(0, longest - 1);
        const seam = new Uint8Array(tail.length + head.length);
        seam.set(tail);
        seam.set(head, tail.length);
        for (const { from, to, of } of matcher.find(seam)) if (from < tail.length && to > tail.length) found.push(of);
      }
      for (const { of } of matcher.find(bytes)) found.push(of);
      if (bytes.length >= longest - 1) tail = bytes.slice(bytes.length - (longest - 1));
      else {
        const all = new Uint8Array(tail.length + bytes.length);
        all.set(tail);
        all.set(bytes, tail.length);
        tail = all.slice(Math.max(0, all.length - (longest - 1)));
      }
      return found;
    },
    reset: () => {
      tail = new Uint8Array(0);
    },
  };
};
