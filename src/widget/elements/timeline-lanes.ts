import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { CoverageRun, ObjectRecord } from '../../annotation';
import { grouped } from '../theme';
import { frameLeft, frameMiddle, framesShown, laneShapes, markPlaces, rulerTicks } from '../timeline';
import type { Stretch, TimelineScale } from '../timeline';

/** A lane is 22 pixels high; at most eight show at once. */
export const laneHeight = 22;

/** One object's lane. */
export interface Lane {
  readonly object: ObjectRecord;
  readonly runs: readonly CoverageRun[];
  /** Frames that have a prompt of this object. */
  readonly prompted: readonly number[];
}

/** A lane's bar, dotted line and diamonds, `top` pixels down. */
export function drawLane(lane: Lane, scale: TimelineScale, top: number, chosen: boolean): SVGTemplateResult {
  const { bars, absent } = laneShapes(lane.runs, scale);
  const middle = top + laneHeight / 2;
  const marks = markPlaces(lane.prompted, scale)
    .map((x) => diamond(x, middle))
    .join('');
  const classes = `${chosen ? 'chosen' : ''} ${lane.object.hidden ? 'is-hidden' : ''}`;
  return svg`<g class=${classes} style=${`--object: ${lane.object.color}`}>
    <rect class="lane-back ${chosen ? 'chosen' : ''}" x="0" y=${top} width="100%" height=${laneHeight}></rect>
    <path class="lane-line" d=${`M0 ${top + laneHeight - 0.5}H${scale.width}`}></path>
    <path class="bars" d=${bars.map((bar) => barPath(bar, middle - 4, 8, scale.width)).join('')}></path>
    <path class="absent" d=${absent.map(({ x0, x1 }) => `M${round(x0 + 1)} ${middle}H${round(x1 - 1)}`).join('')}></path>
    <path class="mark-edge" d=${marks}></path>
    <path class="mark" d=${marks}></path>
  </g>`;
}

function diamond(x: number, y: number): string {
  return `M${round(x)} ${y - 6}l6 6-6 6-6-6z`;
}

/** A rectangle with its edges on half pixels; ends far out of sight are cut. */
export function barPath({ x0, x1 }: Stretch, top: number, height: number, width: number): string {
  const from = Math.max(Math.round(x0), -4) + 0.5;
  const to = Math.max(Math.min(Math.round(x1), width + 4) - 0.5, from + 0.5);
  return `M${from} ${top + 0.5}H${to}v${height - 1}H${from}z`;
}

/** Ticks and their numbers, but for those under the playhead's flag. */
export function drawRuler(scale: TimelineScale, frame: number): SVGTemplateResult {
  const ticks = rulerTicks(scale);
  const flag = frameMiddle(scale, frame);
  const isFree = (x: number): boolean => x > 14 && x < scale.width - 14 && Math.abs(x - flag) > 44;
  const path = ticks.map(({ x, labelled }) => `M${Math.round(x) + 0.5} 38v${labelled ? -7 : -4}`).join('');
  return svg`<path class="tick" d=${path}></path>
    ${ticks
      .filter((tick) => tick.labelled && isFree(tick.x))
      .map(({ x, frame }) => svg`<text x=${round(x)} y="28">${grouped(frame)}</text>`)}`;
}

/** The range's band and handles at the top of the ruler. */
export function drawRangeBand(
  scale: TimelineScale,
  [first, last]: readonly [number, number],
): SVGTemplateResult {
  const x0 = round(frameLeft(scale, first));
  const x1 = round(frameLeft(scale, last + 1));
  return svg`<rect class="range-band" x=${x0} y="0" width=${Math.max(0, x1 - x0)} height="5"></rect>
    <path class="handle" d=${`M${x0} 0h9v5l-9 8zM${x1} 0h-9v5l9 8z`}></path>`;
}

/** The range over the lanes: what lies outside is paled. */
export function drawRange(
  scale: TimelineScale,
  [first, last]: readonly [number, number],
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
  const shown = barriers.map((frame) => frameMiddle(scale, frame)).filter((x) => x >= 0 && x <= scale.width);
  const path = shown.map((x) => `M${round(x)} 0v${height}`).join('');
  return svg`<path class="barrier" d=${path}></path>`;
}

/** Padlocks on the ruler, above the frames that are locked. */
export function drawPadlocks(scale: TimelineScale, barriers: readonly number[]): SVGTemplateResult {
  const shown = barriers.map((frame) => frameMiddle(scale, frame)).filter((x) => x >= 0 && x <= scale.width);
  const path = shown
    .map((x) => `M${round(x - 3.5)} 11h7v5h-7zM${round(x - 2)} 11V9.5a2 2 0 014 0V11`)
    .join('');
  return svg`<path class="padlock" d=${path}></path>`;
}

/** The playhead's flag with the frame's number, kept inside the ruler. */
export function drawFlag(scale: TimelineScale, frame: number): SVGTemplateResult {
  const x = frameMiddle(scale, frame);
  const words = grouped(frame);
  const width = 16 + words.length * 7;
  const left = Math.min(Math.max(x - width / 2, 0), scale.width - width);
  return svg`<path class="playhead" d=${`M${round(x)} 20V38`}></path>
    <g class="flag">
      <rect x=${round(left)} y="17" width=${width} height="17" rx="3"></rect>
      <text x=${round(left + width / 2)} y="29.5">${words}</text>
    </g>`;
}

/** The whole video in a strip: where there are masks, the frame, and the part in sight. */
export function drawMap(
  lanes: readonly Lane[],
  whole: TimelineScale,
  scale: TimelineScale,
  frame: number,
): TemplateResult {
  const shown = lanes.slice(0, 8);
  const height = Math.min(3, 22 / Math.max(shown.length, 1));
  const window = { x: frameLeft(whole, scale.first), width: framesShown(scale) * whole.pixelsPerFrame };
  const x = round(frameMiddle(whole, frame));
  return html`<svg aria-hidden="true">
    ${shown.map(({ runs }, index) => {
      const { bars } = laneShapes(runs, whole);
      const top = 4 + index * height;
      return svg`<path class="bars" d=${bars
        .map(({ x0, x1 }) => `M${round(x0)} ${top}H${round(x1)}v${Math.max(1, height - 1)}H${round(x0)}z`)
        .join('')}></path>`;
    })}
    <rect
      class="window"
      x=${round(window.x) + 1}
      y="2"
      width=${Math.max(6, window.width - 2)}
      height="25"
      rx="3"
    ></rect>
    <path class="here" d=${`M${x} 3v23`}></path>
  </svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
