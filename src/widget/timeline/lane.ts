import type { CoverageRun, FeatureRecord, FeatureValue, ObjectRecord } from '../../annotation';
import type { IconName } from '../theme';
import type { FrameScore } from './score-path';

/** Frames, ends inclusive. */
export type FrameRange = readonly [first: number, last: number];

/** Something to look at on an object's lane, such as an alarm. */
export interface LaneMark {
  readonly objectId: string;
  readonly frame: number;
  /** The last frame it is about. */
  readonly last: number;
  readonly drawing: IconName;
  /** What it is, in words. */
  readonly name: string;
}

/** One object's lane. Frames rise in every list. */
export interface Lane {
  readonly object: ObjectRecord;
  readonly runs: readonly CoverageRun[];
  /** Frames that have a point or a box. */
  readonly prompted: readonly number[];
  /** Frames whose mask was given by hand. */
  readonly drawn: readonly number[];
  readonly locks: readonly FrameRange[];
  /** Frames that a correction will change and no run has carried it to. */
  readonly outdated: readonly FrameRange[];
  readonly marks: readonly LaneMark[];
  /** How well the masks agree with known ones, where a cell has evaluated. */
  readonly scores: readonly FrameScore[];
}

/** A value that a feature has for a while. */
export interface FeatureEvent {
  readonly first: number;
  readonly last: number;
  /** Null: no value from here on. */
  readonly value: FeatureValue | null;
}

/** One feature of the chosen object; each event begins with a change. */
export interface FeatureLane {
  readonly feature: FeatureRecord;
  readonly objectId: string;
  readonly events: readonly FeatureEvent[];
}

/** A feature's value in words. */
export function valueText(value: FeatureValue | null): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** The frames from a prompt nearest to this one; null where there is no prompt. Frames rise. */
export function distanceTo(frames: readonly number[], frame: number): number | null {
  const low = firstNotBelow(frames, frame);
  const near = [frames[low - 1], frames[low]].filter((one) => one !== undefined);
  return near.length === 0 ? null : Math.min(...near.map((one) => Math.abs(one - frame)));
}

/** The place of the first of rising frames that is not below this one. */
export function firstNotBelow(frames: readonly number[], frame: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle]! < frame) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The event that holds on a frame. */
export function eventAt(lane: FeatureLane, frame: number): FeatureEvent | null {
  return lane.events.find((one) => one.first <= frame && frame <= one.last) ?? null;
}
