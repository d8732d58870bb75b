import { css, svg } from 'lit';
import type { CSSResult, SVGTemplateResult } from 'lit';
import { scorePath } from '../timeline';
import type { Lane, TimelineScale } from '../timeline';

/** How well an object's masks agree with known ones, as a line over its lane: 1 at the top, 0 at the bottom. */
export function drawScores({ scores }: Lane, scale: TimelineScale, top: number, height: number): unknown {
  if (scores.length === 0) return '';
  const path = scorePath(scores, scale, top + 2.5, height - 5);
  const line: SVGTemplateResult = svg`<path class="score-edge" d=${path}></path>
    <path class="score" d=${path}></path>`;
  return line;
}

/** The IoU on a frame in words; nothing where the frame is not known. */
export function scoreText({ scores }: Lane, frame: number): string {
  const score = scores.find(([one]) => one === frame);
  return score ? `IoU ${score[1].toFixed(2)}` : '';
}

export const scoreStyles: CSSResult = css`
  .score,
  .score-edge {
    fill: none;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .score {
    stroke: var(--mk-text);
    stroke-width: 1.25;
  }
  .score-edge {
    stroke: var(--mk-bg);
    stroke-width: 3.5;
    opacity: 0.8;
  }
`;
