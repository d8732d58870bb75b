import { createBitmap } from '../../src/mask';
import type { Bitmap } from '../../src/mask';
import { animal, dancer, trunk } from './scene-figures';
import type { Figure } from './scene-figures';
import { landscape, mostlySeen, paint, photograph } from './scene-painting';
import type { Layer, Picture } from './scene-painting';

/** What happens on one frame: what is before which ground, the last layer in front. */
interface Shot {
  readonly ground: number;
  readonly layers: readonly Layer[];
}

interface Script {
  readonly frameCount: number;
  readonly objects: readonly string[];
  shot(frame: number): Shot;
}

const zebra = (): Figure => animal('stripes', [168, 170, 176], [52, 54, 66]);

const size = 1;
const angle = 0;

/** Places are those of a picture of 854 × 480. */
const scripts = {
  /** Walks over the picture, 22 pixels a frame. */
  translate: {
    frameCount: 20,
    objects: ['animal'],
    shot: (n) => ({
      ground: 2,
      layers: [
        { object: 'animal', figure: animal(), x: 200 + 22 * n, y: 270 + 14 * Math.sin(n / 3), size, angle },
      ],
    }),
  },
  /** Comes nearer, from 0.55 to 1.7 of its size. */
  scale: {
    frameCount: 20,
    objects: ['animal'],
    shot: (n) => ({
      ground: 4,
      layers: [
        {
          object: 'animal',
          figure: zebra(),
          x: 400 + 2 * n,
          y: 230 + 2 * n,
          size: 0.55 * 3.1 ** (n / 19),
          angle,
        },
      ],
    }),
  },
  /** Turns in the picture's plane, 14 degrees a frame. */
  rotate: {
    frameCount: 20,
    objects: ['animal'],
    shot: (n) => ({
      ground: 3,
      layers: [
        { object: 'animal', figure: animal(), x: 420, y: 250, size: 1.1, angle: (n * 14 * Math.PI) / 180 },
      ],
    }),
  },
  /** Walks behind a trunk wider than itself and out again on the other side. */
  occlude: {
    frameCount: 20,
    objects: ['animal'],
    shot: (n) => ({
      ground: 6,
      layers: [
        { object: 'animal', figure: animal(), x: 130 + 31 * n, y: 290, size: 0.62, angle },
        { figure: trunk(280), x: 430, y: 240, size, angle },
      ],
    }),
  },
  /** Two of a kind walk towards and past each other; the one from the left is in front. */
  cross: {
    frameCount: 20,
    objects: ['front', 'behind'],
    shot: (n) => ({
      ground: 8,
      layers: [
        { object: 'behind', figure: animal(), x: 700 - 28 * n, y: 236, size: 0.72, angle, mirrored: true },
        { object: 'front', figure: animal(), x: 150 + 28 * n, y: 292, size: 0.72, angle },
      ],
    }),
  },
  /** Walks out on the right, is gone for six frames, comes back from below on the left, walking the other way. */
  leave: {
    frameCount: 22,
    objects: ['animal'],
    shot: (n) => ({
      ground: 10,
      layers: [
        n < 14
          ? { object: 'animal', figure: animal(), x: 560 + 55 * n, y: 250, size: 0.8, angle }
          : {
              object: 'animal',
              figure: animal(),
              x: 240 + 8 * (n - 14),
              y: 610 - 44 * (n - 13),
              size: 0.8,
              angle,
            },
      ],
    }),
  },
  /** Somewhere else for six frames, without the object; then as before, the object having walked on. */
  cut: {
    frameCount: 18,
    objects: ['animal'],
    shot: (n) => ({
      ground: n >= 6 && n < 12 ? 5 : 12,
      layers:
        n >= 6 && n < 12
          ? []
          : [{ object: 'animal', figure: animal(), x: 300 + 9 * n, y: 260, size: 0.95, angle }],
    }),
  },
  /** Two small ones graze; one goes behind a trunk, and comes out from behind another, further off, ten frames later. */
  hide: {
    frameCount: 24,
    objects: ['stays', 'hides'],
    shot: (n) => ({
      ground: 9,
      layers: [
        {
          object: 'stays',
          figure: zebra(),
          x: 200 + 2 * n,
          y: 330 + 3 * Math.sin(n / 2),
          size: 0.3,
          angle,
        },
        {
          object: 'hides',
          figure: animal(),
          x: n < 15 ? Math.min(385, 265 + 15 * n) : 540 + 15 * (n - 15),
          y: n < 15 ? 250 : 130,
          size: 0.3,
          angle,
        },
        { figure: trunk(110), x: 385, y: 240, size, angle },
        { figure: trunk(110), x: 540, y: 240, size, angle },
      ],
    }),
  },
  /** Two small ones in opposite corners, each about its own business. */
  corners: {
    frameCount: 12,
    objects: ['zebra', 'animal'],
    shot: (n) => ({
      ground: 7,
      layers: [
        { object: 'zebra', figure: zebra(), x: 80 + 5 * n, y: 90 + 4 * Math.sin(n / 2), size: 0.22, angle },
        { object: 'animal', figure: animal(), x: 770 - 4 * n, y: 400 - 3 * n, size: 0.22, angle },
      ],
    }),
  },
  /** Dances: arms and legs swing, the body turns about once. */
  articulate: {
    frameCount: 24,
    objects: ['dancer'],
    shot: (n) => ({
      ground: 13,
      layers: [
        {
          object: 'dancer',
          figure: dancer(n * 0.55, n * 0.24),
          x: 350 + 6 * n,
          y: 250 + 12 * Math.sin(n * 0.55),
          size: 1.2,
          angle: 0.12 * Math.sin(n * 0.4),
        },
      ],
    }),
  },
} satisfies Record<string, Script>;

export type SceneName = keyof typeof scripts;

/** A drawn frame, and the exact mask of what is seen of each object, in the order of the scene's. */
export interface SceneFrame extends Picture {
  readonly index: number;
  readonly masks: readonly Bitmap[];
}

/** A drawn video in which one thing happens; the same for everybody, frame by frame, in any order. */
export interface Scene {
  readonly name: SceneName;
  readonly frameCount: number;
  readonly objects: readonly string[];
  frameAt(index: number): SceneFrame;
}

/** The scenes' names. */
export const sceneNames = Object.keys(scripts) as SceneName[];

/** A scene by its name, in any size; what is said in pixels of 854 × 480 goes by the height. */
export function openScene(name: SceneName, width: number = 854, height: number = 480): Scene {
  const script: Script = scripts[name];
  const { frameCount, objects } = script;
  const grounds = new Map<number, Float32Array>();
  const frameAt = (index: number): SceneFrame => {
    if (!(index >= 0 && index < frameCount)) throw new RangeError(`${name} has no frame ${index}.`);
    const shot = script.shot(index);
    const ground = grounds.get(shot.ground) ?? landscape(width, height, shot.ground);
    grounds.set(shot.ground, ground);
    const { data, seen } = paint(ground, width, height, shot.layers);
    const masks = objects.map((object) => {
      const share = seen.get(object);
      return share ? mostlySeen(share, width, height) : createBitmap(width, height);
    });
    return { index, ...photograph(data, width, height, index), masks };
  };
  return { name, frameCount, objects, frameAt };
}
