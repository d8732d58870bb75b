import type { FeatureLane, Lane } from './lane';

/** An object's lane is this high, in pixels. */
export const laneHeight = 22;
/** A feature's lane is this high. */
export const featureHeight = 20;

/** A row of the timeline, `top` pixels below the first. */
export type Row = ObjectRow | FeatureRow;

export interface ObjectRow {
  readonly kind: 'object';
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
}

export interface FeatureRow {
  readonly kind: 'feature';
  readonly lane: FeatureLane;
  readonly top: number;
  readonly height: number;
}

/** A row for each object, and below the chosen one's a row for each of its features. */
export function timelineRows(
  lanes: readonly Lane[],
  features: readonly FeatureLane[],
  chosenId: string | null,
): Row[] {
  const rows: Row[] = [];
  let top = 0;
  for (const lane of lanes) {
    rows.push({ kind: 'object', lane, top, height: laneHeight });
    top += laneHeight;
    if (lane.object.id !== chosenId) continue;
    for (const feature of features) {
      rows.push({ kind: 'feature', lane: feature, top, height: featureHeight });
      top += featureHeight;
    }
  }
  return rows;
}

/** How high all rows are together. */
export function rowsHeight(rows: readonly Row[]): number {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

/** The rows in sight of a list that is scrolled. */
export function rowsInSight(rows: readonly Row[], scrolled: number, room: number): readonly Row[] {
  return rows.filter((row) => row.top + row.height > scrolled && row.top < scrolled + room);
}

/** The row at a height; null below the last. */
export function rowAt(rows: readonly Row[], y: number): Row | null {
  return rows.find((row) => y >= row.top && y < row.top + row.height) ?? null;
}
