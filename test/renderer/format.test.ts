import { expect, it } from 'vitest';
import { moment, shortMoment, timeOfDay, wholeMoment } from '../../src-renderer/ui/format.ts';

it('writes all times with 24 hours and in one order, whatever the language of the system is', () => {
  const [then, sameDay, sameYear] = [new Date(2026, 10, 26, 14, 5, 9).getTime(), new Date(2026, 10, 26, 23, 0), new Date(2026, 11, 1)];
  expect([timeOfDay(then), wholeMoment(then)]).toEqual(['14:05:09', '26 Nov 2026, 14:05:09']);
  expect([sameDay, sameYear].map((now) => moment(then, now))).toEqual(['14:05:09', '26 Nov 2026, 14:05']);
  expect([sameDay, sameYear, new Date(2027, 0, 1)].map((now) => shortMoment(then, now))).toEqual(['14:05', '26 Nov, 14:05', '26 Nov 2026']);
});
