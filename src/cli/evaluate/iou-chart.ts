import type { MaskScore } from '../../metrics';

/** An object's line in a chart. */
export interface ChartLine {
  readonly name: string;
  readonly color: string;
  readonly masks: readonly MaskScore[];
}

const [width, height] = [640, 120];

/**
 * The IoU of objects over the frames of a sequence as SVG: frames from left to right, 0 at the bottom and 1 at the top,
 * `worst` marked. A line is broken where its object is not in the picture. Names are as they stand in HTML.
 */
export function iouChart(lines: readonly ChartLine[], frames: number, worst: readonly number[]): string {
  const x = (frame: number): string => ((frame / Math.max(1, frames - 1)) * width).toFixed(1);
  const y = (iou: number): string => ((1 - iou) * height).toFixed(1);
  const marks = worst.map(
    (frame) => `<line class="worst" x1="${x(frame)}" x2="${x(frame)}" y1="0" y2="${height}"/>`,
  );
  const grid = [0, 0.5, 1].map(
    (iou) => `<line class="grid" x1="0" x2="${width}" y1="${y(iou)}" y2="${y(iou)}"/>`,
  );
  const drawn = lines.flatMap(({ name, color, masks }) =>
    stretches(masks).map((stretch) => {
      const points = stretch.map(({ frame, iou }) => `${x(frame)},${y(iou)}`);
      // One point alone has no length: twice, its round ends are a dot.
      if (points.length === 1) points.push(points[0]!);
      return `<polyline stroke="${color}" points="${points.join(' ')}"><title>${name}</title></polyline>`;
    }),
  );
  const label = `IoU of each object from frame 0 to ${frames - 1}, from 0 at the bottom to 1 at the top`;
  return `<svg role="img" aria-label="${label}" viewBox="0 -4 ${width} ${height + 8}">${[...grid, ...marks, ...drawn].join('')}</svg>`;
}

/** Masks whose object is in the picture, cut where it is away. */
function stretches(masks: readonly MaskScore[]): MaskScore[][] {
  const found: MaskScore[][] = [[]];
  for (const one of masks)
    if (one.present) found.at(-1)!.push(one);
    else if (found.at(-1)!.length > 0) found.push([]);
  return found.filter((one) => one.length > 0);
}
