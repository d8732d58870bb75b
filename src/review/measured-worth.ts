import type { AlarmKind } from '../annotation';

// Written by `npm run review:figures`; docs/review.md says how it was measured.

/** What an alarm was measured to be worth. */
export interface AlarmWorth {
  /** Of its alarms those that stood at a planted fault, 0 to 1. */
  readonly precision: number;
  /** Of the planted faults of its kind those that it found, 0 to 1. */
  readonly recall: number;
  /** How many faults of its kind were planted. */
  readonly faults: number;
}

/** What was measured on. */
export const worthMeasuredOn = 'planted faults in 6 sequences with known masks (12 objects)';

/** What each kind of alarm was measured to be worth. */
export const alarmWorth: Readonly<Record<AlarmKind, AlarmWorth>> = {
  absence: { precision: 1, recall: 1, faults: 120 },
  drift: { precision: 0.95, recall: 0.92, faults: 180 },
  swap: { precision: 1, recall: 1, faults: 63 },
  seam: { precision: 0.76, recall: 0.95, faults: 258 },
  disagreement: { precision: 0.91, recall: 0.75, faults: 258 },
};
