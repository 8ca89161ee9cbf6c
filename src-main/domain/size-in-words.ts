const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** A number of bytes as a person reads it, in powers of 1024: 512 B, 3.2 GiB, 40 MiB. */
export const sizeInWords = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
};
