/** Hands a text, or bytes that the browser holds, to the user as a file, through the browser's own download. */
export const saveFile = (name: string, content: string | Blob, type: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its copy when the click returns to the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 0);
};
