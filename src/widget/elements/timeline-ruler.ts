import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';
import { grouped } from '../theme';
import { frameLeft, frameMiddle, lowSeam, markPlaces, rulerTicks } from '../timeline';
import type { BlockBound, FrameRange, TimelineScale } from '../timeline';
import { boundsInSight, round } from './timeline-lanes';

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
export function drawRangeBand(scale: TimelineScale, [first, last]: FrameRange): SVGTemplateResult {
  const x0 = round(frameLeft(scale, first));
  const x1 = round(frameLeft(scale, last + 1));
  return svg`<rect class="range-band" x=${x0} y="0" width=${Math.max(0, x1 - x0)} height="5"></rect>
    <path class="handle" d=${`M${x0} 0h9v5l-9 8zM${x1} 0h-9v5l9 8z`}></path>`;
}

/** Padlocks on the ruler, above the frames that are locked. */
export function drawPadlocks(scale: TimelineScale, barriers: readonly number[]): SVGTemplateResult {
  const path = markPlaces(barriers, scale)
    .map((x) => `M${round(x - 3.5)} 11h7v5h-7zM${round(x - 2)} 11V9.5a2 2 0 014 0V11`)
    .join('');
  return svg`<path class="padlock" d=${path}></path>`;
}

/** Where blocks meet, with the block's number where there is room; a seam that does not agree is written. */
export function drawBlocks(scale: TimelineScale, bounds: readonly BlockBound[]): SVGTemplateResult {
  const shown = boundsInSight(scale, bounds);
  const x = (bound: BlockBound): number => Math.round(frameMiddle(scale, bound.frame)) + 0.5;
  const path = shown.map((one) => `M${x(one)} 6v13`).join('');
  let free = -Infinity;
  const labels = shown.map((bound, index) => {
    const at = x(bound);
    const seam = bound.seam && bound.seam.iou < lowSeam ? `seam ${bound.seam.iou.toFixed(2)}` : null;
    const room = (shown[index + 1] ? x(shown[index + 1]!) : scale.width) - at;
    if (seam !== null && at - 64 > free) {
      free = at;
      return lowSeamLabel(seam, at);
    }
    const next = shown[index + 1]?.seam;
    const taken = next && next.iou < lowSeam ? 66 : 0;
    return room > 64 + taken && at > free
      ? svg`<text class="block" x=${at + 4} y="15">block ${bound.block}</text>`
      : '';
  });
  return svg`<path class="bound" d=${path}></path>${labels}`;
}

function lowSeamLabel(words: string, x: number): SVGTemplateResult {
  return svg`<g class="low-seam"><rect x=${x - 62} y="4" width="60" height="14" rx="3"></rect>
    <text x=${x - 32} y="15">${words}</text></g>`;
}
