import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Command } from '../commands';
import { grouped, icon } from '../theme';
import { eventAt, frameMiddle, valueText } from '../timeline';
import type { Row, TimelineScale } from '../timeline';
import { swatch } from './swatch';
import { round } from './timeline-lanes';

/** The head of a row: an object to choose, or a feature with its value on the frame. */
export function laneHead(
  row: Row,
  chosenId: string | null,
  frame: number,
  send: (command: Command) => void,
): TemplateResult {
  const place = `top: ${row.top}px; height: ${row.height}px`;
  if (row.kind === 'feature') {
    const { feature } = row.lane;
    const value = valueText(eventAt(row.lane, frame)?.value ?? null);
    return html`<div class="head feature" style=${place} title=${`${feature.name}: ${value}`}>
      <span class="cut">${feature.name}</span>
    </div>`;
  }
  const { object, locks, marks } = row.lane;
  const locked = locks.some(([first, last]) => first <= frame && frame <= last);
  return html`<button
    class="head ${object.id === chosenId ? 'chosen' : ''}"
    style=${place}
    tabindex="-1"
    title=${`${object.name}${locked ? ', locked on this frame' : ''}`}
    aria-current=${object.id === chosenId}
    @click=${() => send({ do: 'choose-object', objectId: object.id })}
  >
    ${swatch(object)}<span class="cut">${object.name}</span>
    ${locked ? icon('lock') : ''}
    ${marks.length > 0 ? html`<span class="badge">${grouped(marks.length)}</span>` : ''}
  </button>`;
}

/** The marks on the lanes in sight: a round sign at the frame, a line over the frames that it is about. */
export function laneMarks(rows: readonly Row[], scale: TimelineScale): TemplateResult[] {
  return rows.flatMap((row) => {
    if (row.kind === 'feature') return [];
    let free = -Infinity;
    return row.lane.marks.flatMap((mark) => {
      const x = frameMiddle(scale, mark.frame);
      if (x < -10 || x > scale.width + 10 || x < free) return [];
      free = x + 8;
      const length = Math.max(0, frameMiddle(scale, mark.last) - x);
      const place = `transform: translate(${round(x - 9)}px, ${row.top + 2}px)`;
      return [
        html`<span class="lane-mark" style=${place} title=${mark.name}>
          ${icon(mark.drawing)}<i style=${`width: ${round(length)}px`}></i>
        </span>`,
      ];
    });
  });
}

/** The playhead's flag with the frame's number, kept inside the ruler. */
export function drawFlag(scale: TimelineScale, frame: number): SVGTemplateResult {
  const x = frameMiddle(scale, frame);
  const words = grouped(frame);
  const width = 16 + words.length * 7;
  if (x < 0 || x > scale.width) return svg``;
  const left = Math.min(Math.max(x - width / 2, 0), scale.width - width);
  return svg`<path class="flag-line" d=${`M${round(x)} 20V38`}></path>
    <g class="flag">
      <rect x=${round(left)} y="17" width=${width} height="17" rx="3"></rect>
      <text x=${round(left + width / 2)} y="29.5">${words}</text>
    </g>`;
}
