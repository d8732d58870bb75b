import { discMask } from './widget-fake-kernel';
import type { FakeScene } from './widget-fake-kernel';

/** A video without pictures worth looking at; the mask of any prompt is a disc around it. */
export function plainScene(frameCount = 100): FakeScene {
  const video = {
    name: 'plain.mp4',
    width: 64,
    height: 48,
    pixelAspect: 1,
    frameCount,
    frameRate: 25,
  };
  const disc: FakeScene['segment'] = (prompts) => {
    const first = prompts.find((one) => one.kind !== 'mask');
    if (!first) return null;
    return first.kind === 'point'
      ? discMask(video, first.x, first.y, 5)
      : discMask(video, (first.x0 + first.x1) / 2, (first.y0 + first.y1) / 2, 5);
  };
  return {
    video,
    picture: async () => ({ bytes: new DataView(new ArrayBuffer(8)), type: 'image/jpeg', height: 48 }),
    segment: disc,
    track: (_object, prompts, frame) => disc(prompts, frame),
  };
}
