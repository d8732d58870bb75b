import type { PromptRecord } from '../../src/annotation';
import { encodeRunLength } from '../../src/mask';
import type { RunLength } from '../../src/mask';
import type { FakeScene } from '../support/widget-fake-kernel';

/** A balloon of the scene: its place and size on frame 0, and its way per frame. */
interface Balloon {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly dx: number;
  readonly dy: number;
  readonly colors: readonly [string, string];
}

const balloons: readonly Balloon[] = [
  { x: 300, y: 300, radius: 130, dx: 1.1, dy: -0.25, colors: ['#c8412f', '#f1e3c6'] },
  { x: 640, y: 210, radius: 80, dx: 0.6, dy: 0.12, colors: ['#2a6f97', '#e9c46a'] },
  { x: 930, y: 330, radius: 105, dx: -0.7, dy: -0.2, colors: ['#6a4c93', '#ffca3a'] },
  { x: 1130, y: 160, radius: 48, dx: -0.3, dy: 0.05, colors: ['#2a9d8f', '#f4f1de'] },
];

/** Balloons over hills, drawn by code: a video of which every mask is known. */
export function balloonScene(frameCount = 900, pixelAspect = 1): FakeScene {
  const video = {
    name: 'balloons.mp4',
    width: 1280,
    height: 720,
    pixelAspect,
    frameCount,
    frameRate: 25,
  };
  return {
    video,
    picture: async (frame, width) => {
      const height = Math.round((width * video.height) / video.width);
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d')!;
      context.scale(width / video.width, height / video.height);
      drawLand(context, video.width, video.height);
      for (const balloon of balloons) drawBalloon(context, balloon, frame);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
      return { bytes: new DataView(await blob.arrayBuffer()), type: 'image/jpeg', height };
    },
    segment: (prompts, frame) => maskFor(prompts, frame, video),
    track: (_objectId, prompts, frame) => maskFor(prompts, frame, video),
  };
}

function at(balloon: Balloon, frame: number): { x: number; y: number; radius: number } {
  return { ...balloon, x: balloon.x + balloon.dx * frame, y: balloon.y + balloon.dy * frame };
}

/** The balloon under the first positive point or box, on this frame. */
function maskFor(
  prompts: readonly PromptRecord[],
  frame: number,
  size: { width: number; height: number },
): RunLength | null {
  const found = balloons.find((balloon) =>
    prompts.some((prompt) => {
      const there = at(balloon, prompt.frame);
      if (prompt.kind === 'mask') return false;
      const x = prompt.kind === 'point' ? prompt.x : (prompt.x0 + prompt.x1) / 2;
      const y = prompt.kind === 'point' ? prompt.y : (prompt.y0 + prompt.y1) / 2;
      if (prompt.kind === 'point' && !prompt.positive) return false;
      return Math.hypot(x - there.x, y - there.y) < there.radius * 1.2;
    }),
  );
  if (!found) return null;
  const cuts = prompts.filter((one) => one.kind === 'point' && !one.positive && one.frame === frame);
  return balloonMask(at(found, frame), cuts.length > 0, size);
}

function balloonMask(
  { x, y, radius }: { x: number; y: number; radius: number },
  withoutBasket: boolean,
  { width, height }: { width: number; height: number },
): RunLength {
  const data = new Uint8Array(width * height);
  const within = (value: number, most: number): number => Math.round(Math.min(Math.max(value, 0), most));
  for (let row = within(y - radius, height); row < within(y + radius * 1.8, height); row++)
    for (let column = within(x - radius, width); column < within(x + radius, width); column++) {
      const [u, v] = [(column - x) / radius, (row - y) / radius];
      const envelope = u * u + v * v < 1 || (v > 0 && v < 1.25 && Math.abs(u) < 0.8 * (1.25 - v) + 0.08);
      const basket = !withoutBasket && v > 1.4 && v < 1.7 && Math.abs(u) < 0.16;
      if (envelope || basket) data[row * width + column] = 1;
    }
  return encodeRunLength({ width, height, data });
}

type Context = OffscreenCanvasRenderingContext2D;

function drawLand(context: Context, width: number, height: number): void {
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, '#6fa3c8');
  sky.addColorStop(0.6, '#d8e2dc');
  sky.addColorStop(1, '#ffe5d9');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  const hills = [
    { y: 470, wave: 46, length: 260, color: '#8fa98f' },
    { y: 540, wave: 34, length: 190, color: '#6b8f71' },
    { y: 620, wave: 26, length: 140, color: '#4a6b4f' },
  ];
  for (const { y, wave, length, color } of hills) {
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += 8) context.lineTo(x, y + wave * Math.sin(x / length + y));
    context.lineTo(width, height);
    context.fillStyle = color;
    context.fill();
  }
}

function drawBalloon(context: Context, balloon: Balloon, frame: number): void {
  const { x, y, radius } = at(balloon, frame);
  context.save();
  context.translate(x, y);
  context.scale(radius, radius);
  context.beginPath();
  context.arc(0, 0, 1, 2.84, 0.3);
  context.lineTo(-0.08, 1.25);
  context.lineTo(0.08, 1.25);
  context.save();
  context.clip();
  for (let stripe = -5; stripe <= 5; stripe++) {
    context.fillStyle = balloon.colors[Math.abs(stripe) % 2]!;
    context.fillRect(stripe * 0.2 - 0.1, -1, 0.2, 2.4);
  }
  const shade = context.createRadialGradient(-0.35, -0.4, 0.1, 0, 0, 1.3);
  shade.addColorStop(0, 'rgba(255, 255, 255, 0.35)');
  shade.addColorStop(1, 'rgba(0, 0, 0, 0.4)');
  context.fillStyle = shade;
  context.fillRect(-1, -1, 2, 2.4);
  context.restore();
  context.fillStyle = '#7f5539';
  context.fillRect(-0.16, 1.4, 0.32, 0.3);
  context.strokeStyle = '#5c4033';
  context.lineWidth = 0.02;
  context.strokeRect(-0.12, 1.24, 0.24, 0.17);
  context.restore();
}
