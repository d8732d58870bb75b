import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';
import { frameLeft, frameMiddle, laneShapes, markPlaces, stretches, valueText } from '../timeline';
import type {
  BlockBound,
  FeatureEvent,
  FeatureLane,
  FrameRange,
  Lane,
  Row,
  TimelineScale,
} from '../timeline';
import type { Stretch } from '../timeline';
import { drawScores } from './score-line';

/** What a lane is filled and hatched with; once in the drawing of the lanes. */
export const lanePatterns: SVGTemplateResult = svg`<defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="hatch" width="2" height="5"></rect>
  </pattern>
  <pattern id="old" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="old-line" width="1.2" height="4"></rect>
  </pattern>
</defs>`;

/** A row: an object's lane, or a feature's. */
export function drawRow(row: Row, scale: TimelineScale, chosenId: string | null): SVGTemplateResult {
  return row.kind === 'object'
    ? drawLane(row.lane, scale, row.top, row.height, row.lane.object.id === chosenId)
    : drawFeature(row.lane, scale, row.top, row.height);
}

function drawLane(
  lane: Lane,
  scale: TimelineScale,
  top: number,
  height: number,
  chosen: boolean,
): SVGTemplateResult {
  const { bars, imported, absent } = laneShapes(lane.runs, scale);
  const middle = top + height / 2;
  const box = (list: readonly Stretch[], inset: number): string =>
    list.map((one) => barPath(one, middle - inset, inset * 2, scale.width)).join('');
  const marks = markPlaces(lane.prompted, scale)
    .map((x) => diamond(x, middle, 6))
    .join('');
  const drawn = markPlaces(lane.drawn, scale);
  const locks = stretches(lane.locks, scale);
  const classes = `${chosen ? 'chosen' : ''} ${lane.object.hidden ? 'is-hidden' : ''}`;
  return svg`<g class=${classes} style=${`--object: ${lane.object.color}`}>
    <rect class="lane-back ${chosen ? 'chosen' : ''}" x="0" y=${top} width="100%" height=${height}></rect>
    <path class="lane-line" d=${`M0 ${top + height - 0.5}H${scale.width}`}></path>
    <path class="bars" d=${box(bars, 4)}></path>
    <path class="imported" d=${box(imported, 4)}></path>
    <path class="outdated-back" d=${box(stretches(lane.outdated, scale), 4.5)}></path>
    <path class="outdated" d=${box(stretches(lane.outdated, scale), 4)}></path>
    <path class="absent" d=${absent.map(({ x0, x1 }) => `M${round(x0 + 1)} ${middle}H${round(x1 - 1)}`).join('')}></path>
    <path class="locked" d=${box(locks, 4)}></path>
    <path class="lock-edge" d=${locks.map((one) => lockEdges(one, middle, scale.width)).join('')}></path>
    ${drawScores(lane, scale, top, height)}
    <path class="mark-edge" d=${marks}></path>
    <path class="mark" d=${marks}></path>
    <path class="mark drawn" d=${drawn.map((x) => `M${round(x - 6)} ${middle - 7}h12v14h-12z`).join('')}></path>
    <path class="pencil" d=${drawn.map((x) => `M${round(x - 4)} ${middle + 4}l.8-2.800 4.400-4.400 2 2-4.400 4.400z`).join('')}></path>
  </g>`;
}

/** A feature's values, a diamond at each change. */
function drawFeature(
  { events }: FeatureLane,
  scale: TimelineScale,
  top: number,
  height: number,
): SVGTemplateResult {
  const inSight = events.filter(
    ({ first, last }) => frameLeft(scale, last + 1) >= 0 && frameLeft(scale, first) <= scale.width,
  );
  const bars = inSight.filter((one) => one.value !== null);
  const middle = top + height / 2;
  const bar = ({ first, last }: FeatureEvent): string =>
    barPath(
      { x0: frameLeft(scale, first), x1: frameLeft(scale, last + 1) },
      top + 3,
      height - 6,
      scale.width,
    );
  const places = markPlaces(
    inSight.map((one) => one.first),
    scale,
  );
  return svg`<path class="lane-line" d=${`M0 ${top + height - 0.5}H${scale.width}`}></path>
    <path class="value" d=${bars.map(bar).join('')}></path>
    ${bars.map((event) => drawValue(event, scale, middle))}
    <path class="change" d=${places.map((x) => diamond(x, middle, 4.5)).join('')}></path>`;
}

/** The value in words, where there is room for three letters. */
function drawValue({ first, last, value }: FeatureEvent, scale: TimelineScale, middle: number): unknown {
  const mark = frameMiddle(scale, first);
  const from = Math.max(mark + 8, 6);
  const room = Math.min(frameLeft(scale, last + 1), scale.width) - from - 4;
  const letters = Math.floor(room / 6.2);
  if (letters < 3) return '';
  const words = valueText(value);
  const cut = words.length > letters ? `${words.slice(0, letters - 1)}…` : words;
  return svg`<text class="value-text" x=${round(from)} y=${middle + 4}>${cut}</text>`;
}

function diamond(x: number, y: number, size: number): string {
  return `M${round(x)} ${y - size}l${size} ${size}-${size} ${size}-${size}-${size}z`;
}

function lockEdges({ x0, x1 }: Stretch, middle: number, width: number): string {
  const [from, to] = [round(Math.max(x0, -4)), round(Math.min(x1, width + 4))];
  return `M${from} ${middle - 6.5}H${to}M${from} ${middle + 6.5}H${to}`;
}

/** A rectangle with its edges on half pixels; ends far out of sight are cut. */
export function barPath({ x0, x1 }: Stretch, top: number, height: number, width: number): string {
  const from = Math.max(Math.round(x0), -4) + 0.5;
  const to = Math.max(Math.min(Math.round(x1), width + 4) - 0.5, from + 0.5);
  return `M${from} ${top + 0.5}H${to}v${height - 1}H${from}z`;
}

/** Where blocks meet, down the lanes; nothing where they would be closer than a few pixels. */
export function drawBounds(
  scale: TimelineScale,
  bounds: readonly BlockBound[],
  height: number,
): SVGTemplateResult {
  const path = boundsInSight(scale, bounds)
    .map(({ frame }) => `M${Math.round(frameMiddle(scale, frame)) + 0.5} 0v${height}`)
    .join('');
  return svg`<path class="bound" d=${path}></path>`;
}

/** The bounds in sight, those closer than six pixels to one before left out. */
export function boundsInSight(scale: TimelineScale, bounds: readonly BlockBound[]): BlockBound[] {
  let before = -Infinity;
  return bounds.filter(({ frame }) => {
    const x = frameMiddle(scale, frame);
    if (x < 0 || x > scale.width || x - before < 6) return false;
    before = x;
    return true;
  });
}

/** The range over the lanes: what lies outside is paled. */
export function drawRange(
  scale: TimelineScale,
  [first, last]: FrameRange,
  height: number,
): SVGTemplateResult {
  const x0 = round(frameLeft(scale, first));
  const x1 = round(frameLeft(scale, last + 1));
  const left = first === 0 ? 0 : Math.max(0, x0);
  const right = last === scale.frameCount - 1 ? 0 : Math.max(0, scale.width - x1);
  return svg`<rect class="outside" x="0" y="0" width=${left} height=${height}></rect>
    <rect class="outside" x=${x1} y="0" width=${right} height=${height}></rect>
    <path class="range-edge" d=${`M${x0 + 0.5} 0v${height}M${x1 - 0.5} 0v${height}`}></path>`;
}

/** Locked frames: a bar down the lanes, with a lock on the ruler. */
export function drawBarriers(
  scale: TimelineScale,
  barriers: readonly number[],
  height: number,
): SVGTemplateResult {
  const path = markPlaces(barriers, scale)
    .map((x) => `M${round(x)} 0v${height}`)
    .join('');
  return svg`<path class="barrier" d=${path}></path>`;
}

/** A tenth of a pixel is fine enough for a path. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
