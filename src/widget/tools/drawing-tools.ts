import type { Stroke } from '../../mask';
import type { Point } from '../drawing';
import type { Pointer, ToolPort } from './pointer';
import type { ToolState } from './tool-state';

/** What is drawn so far: the hand's way, and whether it adds. */
interface Way {
  readonly path: number[];
  readonly adds: boolean;
}

type MakeStroke = (path: readonly number[]) => Stroke;

/** Paints with a round brush: left adds, right or a pen's eraser takes away. */
export function brushTool(port: ToolPort): ToolState {
  return {
    name: 'brush.idle',
    pointerDown(pointer) {
      const radius = port.brushRadius();
      const stroke: MakeStroke = (path) => ({ kind: 'brush', radius, path });
      // A dab beside the picture may still reach into it.
      return drawing('brush', port, begin(port, pointer), stroke, radius / 4, () => brushTool(port));
    },
  };
}

/** Draws round a region: left adds what is inside, right or a pen's eraser takes it away. */
export function lassoTool(port: ToolPort): ToolState {
  return {
    name: 'lasso.idle',
    pointerDown(pointer) {
      const stroke: MakeStroke = (path) => ({ kind: 'lasso', path });
      return drawing('lasso', port, begin(port, pointer), stroke, 0.5, () => lassoTool(port));
    },
  };
}

function begin(port: ToolPort, { picture, button }: Pointer): Way {
  return { path: [picture.x, picture.y], adds: (button === 0) !== port.isFlipped() };
}

/** Follows the hand until it lets go; places nearer to the last than `step` pixels are left out. */
function drawing(
  tool: string,
  port: ToolPort,
  { path, adds }: Way,
  stroke: MakeStroke,
  step: number,
  idle: () => ToolState,
): ToolState {
  const follow = ({ x, y }: Point, least: number): void => {
    const [lastX, lastY] = path.slice(-2) as [number, number];
    if (Math.hypot(x - lastX, y - lastY) > least) path.push(x, y);
  };
  const show = (): void => port.draft({ kind: 'stroke', stroke: stroke([...path]), adds });
  const state: ToolState = {
    name: `${tool}.drawing`,
    pointerMove(pointer) {
      for (const place of pointer.between ?? []) follow(place, step);
      follow(pointer.picture, step);
      show();
      return state;
    },
    pointerUp(pointer) {
      follow(pointer.picture, 0);
      port.draft(null);
      const drawn = stroke(path);
      if (drawn.kind === 'brush' || path.length >= 6) port.draw(drawn, adds);
      return idle();
    },
    cancel() {
      port.draft(null);
      return idle();
    },
  };
  show();
  return state;
}
