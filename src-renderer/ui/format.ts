const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A duration as a clock shows it: 0:07, 4:10, 1:02:33. */
export const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
};

/** A duration in words, short: 340 ms, 4.2 s, 3 min, 2.5 h, 3 days. */
export const duration = (ms: number): string => {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 48 * HOUR) return `${Number((ms / HOUR).toFixed(1))} h`;
  return `${Math.round(ms / (24 * HOUR))} days`;
};

/** A budget in minutes as a person would say it: 30m, 2h, 45s. */
export const budget = (minutes: number): string => {
  if (minutes < 1) return `${Math.round(minutes * 60)}s`;
  if (minutes < 120) return `${Number(minutes.toFixed(1))}m`;
  return `${Number((minutes / 60).toFixed(1))}h`;
};

/** A size in binary units. */
export const bytes = (size: number): string => {
  if (size < 1024) return `${size} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = size / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
};

/** A count with its noun: 1 file, 3 files. */
export const count = (value: number, noun: string): string => `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`;

/** One way to write times, whatever the system's language is: the words around them are English, and logs have 24 hours. */
const written = (form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-GB', form);
const TIME = written({ timeStyle: 'medium' });
const SHORT_TIME = written({ timeStyle: 'short' });
const DATE = written({ dateStyle: 'medium' });
const DAY_AND_TIME = written({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
const DATE_AND_SHORT_TIME = written({ dateStyle: 'medium', timeStyle: 'short' });
const DATE_AND_TIME = written({ dateStyle: 'medium', timeStyle: 'medium' });

const isSameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** When something came, where the day is known: 14:05:09. */
export const timeOfDay = (instant: number): string => TIME.format(instant);

/** A moment with all that is known of it: 26 Nov 2026, 14:05:09. */
export const wholeMoment = (instant: number): string => DATE_AND_TIME.format(instant);

/** A moment of today as a time, an older one with its date. */
export const moment = (instant: number, now = new Date()): string => (isSameDay(new Date(instant), now) ? TIME : DATE_AND_SHORT_TIME).format(instant);

/** How long ago, in one word or two: just now, 4 min ago, 3 h ago, 12 days ago, 5 months ago. */
export const ago = (ms: number): string => {
  const DAY = 24 * HOUR;
  if (ms < MINUTE) return 'just now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  if (ms < 60 * DAY) return `${count(Math.floor(ms / DAY), 'day')} ago`;
  return `${Math.floor(ms / (30 * DAY))} months ago`;
};

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A number in few characters: 999, 9,999, 12.3K, 1.2M. */
export const few = (value: number): string => (value < 10_000 ? value.toLocaleString('en') : COMPACT.format(value));

/** A moment in one short line: today a time, this year a day and a time, else the date. */
export const shortMoment = (instant: number, now = new Date()): string => {
  const date = new Date(instant);
  if (isSameDay(date, now)) return SHORT_TIME.format(date);
  return (date.getFullYear() === now.getFullYear() ? DAY_AND_TIME : DATE).format(date);
};
