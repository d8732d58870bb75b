import { expect, it } from '@jest/globals';
import { counted, duration, grouped, timecode } from '../../../src/widget/theme';

it('thousands are grouped with a narrow no-break space', () => {
  expect(grouped(0)).toBe('0');
  expect(grouped(999)).toBe('999');
  expect(grouped(1284)).toBe('1\u202f284');
  expect(grouped(1_234_567)).toBe('1\u202f234\u202f567');
});

it('a time in the video has minutes, seconds and hundredths, and hours only when it needs them', () => {
  expect(timecode(0)).toBe('00:00.00');
  expect(timecode(51.36)).toBe('00:51.36');
  expect(timecode(59.999)).toBe('01:00.00');
  expect(timecode(3_723.5)).toBe('1:02:03.50');
});

it('a length of time is as exact as one can wait', () => {
  expect(duration(0.2)).toBe('under 1 s');
  expect(duration(8.4)).toBe('8 s');
  expect(duration(99.4)).toBe('99 s');
  expect(duration(780)).toBe('13 min');
  expect(duration(7_800)).toBe('2 h 10 min');
  expect(duration(7_200)).toBe('2 h');
});

it('one is not many', () => {
  expect(counted(1, 'object')).toBe('1 object');
  expect(counted(0, 'frame')).toBe('0 frames');
  expect(counted(1900, 'frame')).toBe('1\u202f900 frames');
});
