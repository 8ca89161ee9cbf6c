/** The sections in their order; the id is part of the address. */
export const SECTIONS = [
  { id: 'appearance', title: 'Appearance' },
  { id: 'runs', title: 'Runs' },
  { id: 'disk', title: 'Disk' },
  { id: 'notifications', title: 'Notifications' },
  { id: 'quitting', title: 'Quitting' },
  { id: 'data', title: 'Data' },
  { id: 'keyboard', title: 'Keyboard' },
  { id: 'about', title: 'About' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

/** The section that an address names; what it does not know is the first. */
export const sectionOf = (id: string | null): SectionId => SECTIONS.find((section) => section.id === id)?.id ?? 'appearance';
