/** Brings the focus to the field of what a brief lacks, by the name that readiness has for it, else to the first one that is wrong; in Markdown to the text. */
export const focusMissing = (inside: HTMLElement | null, name: string | undefined): void => {
  const field = name === undefined ? undefined : inside?.querySelector<HTMLElement>(`[data-field="${name}"] :is(textarea, input, button)`);
  (field ?? inside?.querySelector<HTMLElement>('[data-mistake], [aria-invalid=true], .markdown-text'))?.focus();
};
