/** A colour as a token writes it: #rgb, #rrggbb, with or without alpha, which is left out. */
const channelsOf = (colour: string): [number, number, number] | null => {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(colour.trim())?.[1];
  if (hex === undefined) return null;
  const long = hex.length < 6 ? hex.replaceAll(/./g, (digit) => digit + digit) : hex;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255) as [number, number, number];
};

/** Relative luminance, WCAG 2.2. */
const luminance = (channels: readonly number[]): number => {
  const [r = 0, g = 0, b = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Contrast ratio of two colours, from 1 to 21 (WCAG 2.2); null for what is no plain colour. */
export const contrast = (one: string, other: string): number | null => {
  const [a, b] = [channelsOf(one), channelsOf(other)];
  if (a === null || b === null) return null;
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};
