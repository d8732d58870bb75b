import type { Bitmap } from '../../src/mask';
import { coatAt, placeIn } from './scene-figures';
import type { Figure } from './scene-figures';
import { blend, chance, cloud, mix, step } from './scene-texture';
import type { Colour } from './scene-texture';

/** A figure somewhere in a picture; place and size as of a picture 480 high, its angle in radians, clockwise. */
export interface Layer {
  readonly figure: Figure;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly angle: number;
  /** Seen from its other side. */
  readonly mirrored?: boolean;
  /** The object that it is; scenery has no name. */
  readonly object?: string;
}

/** RGB, three bytes a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Width in pixels over which an edge goes from all to nothing. */
const softness = 1.8;

/** Float RGB and, for every pixel, how much of it each layer covers. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Pixels of this picture to one of a picture 480 high. */
  readonly scale: number;
  readonly data: Float32Array;
}

/** A landscape: hills, a path, bushes and stones, sky or wall, all of them out of noise. */
export function landscape(width: number, height: number, seed: number): Float32Array {
  const data = new Float32Array(width * height * 3);
  const scale = height / 480;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) data.set(groundAt(x / scale, y / scale, seed), i);
  }
  return data;
}

const palettes: readonly (readonly Colour[])[] = [
  [
    [168, 190, 208],
    [92, 118, 74],
    [122, 132, 70],
    [156, 140, 108],
    [54, 78, 46],
    [120, 116, 112],
  ],
  [
    [176, 160, 140],
    [120, 90, 80],
    [98, 104, 120],
    [150, 148, 152],
    [70, 54, 60],
    [186, 176, 150],
  ],
];

function groundAt(x: number, y: number, seed: number): Colour {
  const [sky, hill, meadow, path, bush, stone] = palettes[seed % palettes.length] as [
    Colour,
    Colour,
    Colour,
    Colour,
    Colour,
    Colour,
  ];
  const horizon = 130 + 90 * (cloud(x / 240, 0, seed, 3) - 0.5);
  const bank = 260 + 120 * (cloud(x / 300, 9, seed + 1, 3) - 0.5);
  const fine = cloud(x / 6, y / 6, seed + 2, 3);
  const leaves = cloud(x / 14, y / 11, seed + 3, 4);
  let colour = mix(sky, hill, step(-3, 3, y - horizon + 14 * (leaves - 0.5)));
  colour = mix(colour, meadow, step(-6, 6, y - bank + 26 * (leaves - 0.5)));
  const way = Math.abs(y - 400 - 90 * (cloud(x / 210, 3, seed + 4, 2) - 0.5)) - 34 - 0.03 * x;
  colour = mix(colour, path, step(6, -6, way + 16 * (fine - 0.5)));
  const thicket = step(0.585, 0.61, cloud(x / 120, y / 80, seed + 5, 4));
  colour = mix(colour, bush, y > horizon ? 0.9 * thicket : 0);
  const rubble = step(0.66, 0.69, cloud(x / 36, y / 26, seed + 6, 3));
  colour = mix(colour, stone, y > bank ? rubble : 0);
  const rough = y > horizon ? 1 : 0.25;
  const light =
    0.8 + rough * (0.55 * (leaves - 0.5) + 0.5 * (fine - 0.5)) + 0.25 * cloud(x / 170, y / 170, seed, 2);
  return [colour[0] * light, colour[1] * light, colour[2] * light];
}

/** The layers on the ground, the last of them in front, and how much of each pixel is seen of every object. */
export function paint(
  ground: Float32Array,
  width: number,
  height: number,
  layers: readonly Layer[],
): { data: Float32Array; seen: Map<string, Float32Array> } {
  const canvas: Canvas = { width, height, scale: height / 480, data: ground.slice() };
  const seen = new Map<string, Float32Array>();
  for (const layer of layers) {
    const own = layer.object === undefined ? null : new Float32Array(width * height);
    if (own) seen.set(layer.object!, own);
    paintLayer(canvas, layer, (pixel, share) => {
      for (const behind of seen.values()) behind[pixel]! *= 1 - share;
      if (own) own[pixel] = share;
    });
  }
  return { data: canvas.data, seen };
}

/** Draws a figure over what is there; `cover` is told how much of each pixel is its own. */
function paintLayer(canvas: Canvas, layer: Layer, cover: (pixel: number, share: number) => void): void {
  const { width, height, scale, data } = canvas;
  const { figure } = layer;
  const reach = (Math.max(...figure.limbs.map(extent)) + 12) * layer.size;
  const [x0, x1] = span(layer.x - reach, layer.x + reach, scale, width);
  const [y0, y1] = span(layer.y - reach, layer.y + reach, scale, height);
  const pixel = scale * layer.size;
  const [cos, sin] = [Math.cos(layer.angle) / layer.size, Math.sin(layer.angle) / layer.size];
  const flip = layer.mirrored ? -1 : 1;
  // Light falls from the upper left of the picture, however the figure is turned.
  const [lightX, lightY] = [
    flip * (-0.6 * cos - 0.8 * sin) * layer.size,
    (0.6 * sin - 0.8 * cos) * layer.size,
  ];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const [dx, dy] = [(x + 0.5) / scale - layer.x, (y + 0.5) / scale - layer.y];
      const [u, v] = [flip * (cos * dx + sin * dy), cos * dy - sin * dx];
      const place = placeIn(figure, u, v);
      const share = Math.min(1, Math.max(0, 0.5 - (place.distance * pixel) / softness));
      if (share === 0) continue;
      const slope = (placeIn(figure, u + 4 * lightX, v + 4 * lightY).distance - place.distance) / 4;
      const rim = step(-26, 0, place.distance);
      const light = 1 - 0.16 * rim + 0.34 * slope * rim;
      const at = y * width + x;
      const coat = coatAt(figure, place);
      for (let c = 0; c < 3; c++) data[at * 3 + c] = blend(data[at * 3 + c]!, coat[c]! * light, share);
      cover(at, share);
    }
  }
}

function extent({ a, b, ra, rb }: Figure['limbs'][number]): number {
  return Math.max(Math.hypot(...a) + ra, Math.hypot(...b) + rb);
}

function span(from: number, to: number, scale: number, size: number): [number, number] {
  return [Math.max(0, Math.floor(from * scale)), Math.min(size - 1, Math.ceil(to * scale))];
}

/** As bytes, with a camera's noise of about ±5. */
export function photograph(data: Float32Array, width: number, height: number, frame: number): Picture {
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < bytes.length; i++) {
    const grain = 5 * (chance(i, frame, 5) + chance(i, frame, 6) - 1);
    bytes[i] = Math.max(0, Math.min(255, Math.round(data[i]! + grain)));
  }
  return { width, height, data: bytes };
}

/** Pixels of which more than half is seen. */
export function mostlySeen(seen: Float32Array, width: number, height: number): Bitmap {
  return { width, height, data: Uint8Array.from(seen, (share) => (share > 0.5 ? 1 : 0)) };
}
