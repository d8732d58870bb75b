import { counted, grouped } from '../theme';
import { distanceTo, eventAt, kindAt, spanText, valueText } from '../timeline';
import { scoreText } from './score-line';
import type { BlockBound, FeatureLane, FrameRange, Lane, Row } from '../timeline';

/** What the timeline can say something of. */
export interface WordSource {
  readonly lanes: readonly Lane[];
  readonly features: readonly FeatureLane[];
  readonly bounds: readonly BlockBound[];
  readonly barriers: readonly number[];
  readonly range: FrameRange | null;
  readonly chosenId: string | null;
  readonly frameCount: number;
}

/** The slider's value: the frame, and what there is of the chosen object on it. */
export function valueTextAt(source: WordSource, frame: number): string {
  const lane = source.lanes.find((one) => one.object.id === source.chosenId);
  return [
    `Frame ${grouped(frame)} of ${grouped(source.frameCount)}`,
    source.barriers.includes(frame) ? 'locked' : '',
    lane ? laneText(lane, frame) : '',
    ...source.features.map((one) => featureText(one, frame)),
  ]
    .filter((one) => one !== '')
    .join(', ');
}

/** What lies under the pointer. */
export function placeText(source: WordSource, frame: number, row: Row | null, band: boolean): string {
  const bound = source.bounds.find((one) => one.frame === frame);
  return [
    `Frame ${grouped(frame)}`,
    row?.kind === 'object' ? laneText(row.lane, frame) : '',
    row?.kind === 'feature' ? featureText(row.lane, frame) : '',
    source.barriers.includes(frame) ? 'Locked: runs stop before it' : '',
    bound ? boundText(bound) : '',
    band ? (source.range ? `Range: ${spanText(source.range)}` : 'Drag for a range of frames (I and O)') : '',
  ]
    .filter((one) => one !== '')
    .join('\n');
}

function laneText(lane: Lane, frame: number): string {
  const { name } = lane.object;
  const within = ([first, last]: FrameRange): boolean => first <= frame && frame <= last;
  const more = [
    scoreText(lane, frame),
    lane.locks.some(within) ? 'locked' : '',
    lane.outdated.some(within) ? 'out of date until a run carries the correction on' : '',
    ...lane.marks.filter((one) => one.frame <= frame && frame <= one.last).map((one) => one.name),
  ].filter((one) => one !== '');
  return [`${name} ${kindText(lane, frame)}`, ...more].join(', ');
}

function kindText(lane: Lane, frame: number): string {
  if (lane.prompted.includes(frame)) return 'prompted';
  if (lane.drawn.includes(frame)) return 'drawn';
  const kind = kindAt(lane.runs, frame);
  if (kind !== 'propagated') return kind ?? 'without a mask';
  const near = [distanceTo(lane.prompted, frame), distanceTo(lane.drawn, frame)].filter(
    (one) => one !== null,
  );
  return near.length === 0
    ? 'propagated'
    : `propagated, ${counted(Math.min(...near), 'frame')} from its nearest prompt`;
}

function featureText(lane: FeatureLane, frame: number): string {
  const event = eventAt(lane, frame);
  const value = `${lane.feature.name} ${valueText(event?.value ?? null)}`;
  return event && event.first === frame ? `${value} from here on` : value;
}

function boundText({ frame, block, seam }: BlockBound): string {
  const meet = `Blocks ${block - 1} and ${block} meet at frame ${grouped(frame)}`;
  return seam ? `${meet}: their masks agree to ${seam.iou.toFixed(2)} (IoU, the worst object)` : meet;
}
