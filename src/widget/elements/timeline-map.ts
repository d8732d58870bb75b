import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { frameLeft, framesShown, laneShapes, markPlaces } from '../timeline';
import type { Lane, TimelineScale } from '../timeline';
import { round } from './timeline-lanes';

/** The whole video in a strip: where there are masks, prompts and locked frames, and the part in sight. */
export function drawMap(
  lanes: readonly Lane[],
  barriers: readonly number[],
  whole: TimelineScale,
): TemplateResult {
  const shown = lanes.slice(0, 10);
  const height = Math.min(3, 20 / Math.max(shown.length, 1));
  const prompted = markPlaces(
    [...new Set(lanes.flatMap((one) => [...one.prompted, ...one.drawn]))].sort((a, b) => a - b),
    whole,
  );
  return html`<svg aria-hidden="true">
    ${shown.map(({ runs }, index) => {
      const top = round(5 + index * height);
      return svg`<path class="bars" d=${laneShapes(runs, whole)
        .bars.map(
          ({ x0, x1 }) => `M${round(x0)} ${top}H${round(x1)}v${Math.max(1, round(height - 1))}H${round(x0)}z`,
        )
        .join('')}></path>`;
    })}
    <path class="map-mark" d=${prompted.map((x) => `M${round(x)} 2v4`).join('')}></path>
    <path
      class="map-alarm"
      d=${markPlaces(
        [...new Set(lanes.flatMap((one) => one.marks.map((mark) => mark.frame)))].sort((a, b) => a - b),
        whole,
      )
        .map((x) => `M${round(x)} 24v5`)
        .join('')}
    ></path>
    <path
      class="barrier"
      d=${markPlaces(barriers, whole)
        .map((x) => `M${round(x)} 3v23`)
        .join('')}
    ></path>
  </svg>`;
}

/** Where the part in sight lies on the map, in pixels. */
export function mapWindow(whole: TimelineScale, scale: TimelineScale): { left: number; width: number } {
  const left = frameLeft(whole, scale.first);
  return { left: left + 1, width: Math.max(6, framesShown(scale) * whole.pixelsPerFrame - 2) };
}
