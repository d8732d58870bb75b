import type { RunLength } from '../../src/mask';
import type { FakeScene } from '../support/widget-fake-kernel';

const width = 1920;
const height = 1080;
/** How many objects are in the crowd. */
export const crowdSize = 10;

/** Whether a pixel belongs to the n-th of the crowd on a frame: a shape with lobes, with the steps that masks have after scaling up. */
function isInside(n: number, frame: number, x: number, y: number): boolean {
  const [u, v] = [x - centre(n, frame).x, y - centre(n, frame).y];
  const angle = Math.atan2(v, u);
  const ragged = ((x * 7919 + y * 104729) % 13) / 16;
  return Math.hypot(u, v) < 130 + 34 * Math.sin(5 * angle + n + frame / 9) + ragged;
}

function centre(n: number, frame: number): { x: number; y: number } {
  return { x: 190 + (n % 5) * 385 + 12 * Math.sin(frame / 7 + n), y: n < 5 ? 290 : 790 };
}

/** The mask of the n-th of the crowd on a frame, as run lengths down the columns. */
export function crowdMask(n: number, frame: number): RunLength {
  const { x, y } = centre(n, frame);
  const counts: number[] = [];
  let [end, open] = [0, -1];
  for (let column = Math.floor(x - 170); column <= x + 170; column++) {
    for (let row = Math.floor(y - 170); row <= y + 171; row++) {
      const at = column * height + row;
      const inside = row <= y + 170 && isInside(n, frame, column, row);
      if (inside && open < 0) open = at;
      if (inside || open < 0) continue;
      counts.push(open - end, at - open);
      [end, open] = [at, -1];
    }
  }
  return { width, height, counts: Uint32Array.from([...counts, width * height - end]) };
}

/** A 1080p video with ten objects; its picture and masks are made beforehand, so that a page that measures has none of that work. */
export function crowdScene(): FakeScene {
  const made = Array.from({ length: crowdSize }, (_, n) =>
    Array.from({ length: 40 }, (_, frame) => crowdMask(n, frame)),
  );
  const picture = crowdPicture();
  return {
    video: { name: 'crowd.mp4', width, height, pixelAspect: 1, frameCount: 400, frameRate: 25 },
    picture: async () => {
      const blob = await picture;
      return { bytes: new DataView(await blob.arrayBuffer()), type: 'image/jpeg', height };
    },
    segment: () => null,
    // The points of the crowd are a hundred pixels apart.
    track: (_objectId, prompts, frame) =>
      made[Math.round((prompts[0] as { x: number }).x / 100)]![frame % 40]!,
  };
}

/** A picture with detail everywhere. */
export function crowdPicture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  for (let x = 0; x < width; x += 12)
    for (let y = 0; y < height; y += 12) {
      context.fillStyle = `hsl(${(x + y) % 360} ${30 + ((x * y) % 40)}% ${35 + ((x * 7 + y * 3) % 30)}%)`;
      context.fillRect(x, y, 12, 12);
    }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}
