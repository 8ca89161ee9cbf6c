/** Kinds of pictures by the bytes that they begin with, as their formats lay down. */
const starts = (bytes: Uint8Array, ...magic: readonly (number | null)[]): boolean => magic.every((byte, at) => byte === null || bytes[at] === byte);
const says = (bytes: Uint8Array, at: number, text: string): boolean => text.split('').every((character, offset) => bytes[at + offset] === character.charCodeAt(0));

/** Bytes that are enough to tell a picture by. */
export const PICTURE_HEAD = 64;

/** The media type of a picture by its content; null: it is none that is shown. */
export const pictureType = (bytes: Uint8Array): string | null => {
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (says(bytes, 0, 'GIF8')) return 'image/gif';
  if (says(bytes, 0, 'RIFF') && says(bytes, 8, 'WEBP')) return 'image/webp';
  if (says(bytes, 4, 'ftypavif')) return 'image/avif';
  if (says(bytes, 0, 'BM') && bytes.length > 54) return 'image/bmp';
  if (starts(bytes, 0, 0, 1, 0)) return 'image/x-icon';
  return null;
};

const NAMES = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico)$/i;

/** Whether a file is called like a picture; its content says whether it is one. */
export const isNamedPicture = (path: string): boolean => NAMES.test(path);
export const isSvg = (path: string): boolean => /\.svg$/i.test(path);
