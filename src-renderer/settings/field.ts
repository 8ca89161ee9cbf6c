import type { ComponentType } from 'react';
import { SECTIONS, type SectionId } from './sections.ts';

/** One thing that can be set, or looked up. */
export interface SettingsField {
  readonly section: SectionId;
  readonly title: string;
  readonly hint?: string;
  /** Other words that it is looked for by: each is shown when it is what was meant. */
  readonly also: string;
  /** What its control says, where that is worth finding. */
  readonly inside?: string;
  readonly Control: ComponentType<{ readonly words: readonly string[] }>;
  /** Its control stands below its title, over the whole width. */
  readonly wide?: boolean;
}

/** Whether every word that was typed is in what the field says, or is called elsewhere. */
export const isFound = (field: SettingsField, words: readonly string[]): boolean => {
  const section = SECTIONS.find(({ id }) => id === field.section)?.title ?? '';
  const text = `${section} ${field.title} ${field.hint ?? ''} ${field.also} ${field.inside ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** The other words for a field that were meant by what was typed, where its own words do not say it. */
export const meantBy = (field: SettingsField, words: readonly string[]): string[] => {
  const own = `${field.title} ${field.hint ?? ''} ${field.inside ?? ''}`.toLowerCase();
  const other = words.filter((word) => !own.includes(word));
  return field.also.split(' ').filter((each) => other.some((word) => each.includes(word)));
};
