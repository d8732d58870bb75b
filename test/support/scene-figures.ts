import { blend, cloud, mix, step } from './scene-texture';
import type { Colour } from './scene-texture';

/** A limb from a to b, round at both ends; lengths in pixels of a picture 480 high. */
export interface Limb {
  readonly a: readonly [x: number, y: number];
  readonly b: readonly [x: number, y: number];
  /** Half its width at a and at b. */
  readonly ra: number;
  readonly rb: number;
  readonly colour: Colour;
}

/** Something with limbs that have grown together, patterned, in coordinates of its own. */
export interface Figure {
  readonly limbs: readonly Limb[];
  readonly seed: number;
  /** The second colour of its coat, and what it is like. */
  readonly marks: Colour;
  readonly coat: 'spots' | 'stripes' | 'bark';
}

/** A place in a figure: how far outside its outline (negative within), and where on which limb. */
export interface Place {
  distance: number;
  limb: Limb;
  along: number;
  across: number;
}

/** How widely limbs that meet are rounded together. */
const rounding = 9;

/** The place that (x, y) is, in the figure's own coordinates. */
export function placeIn({ limbs, seed }: Figure, x: number, y: number): Place {
  const place: Place = { distance: Infinity, limb: limbs[0]!, along: 0, across: 0 };
  let nearest = Infinity;
  for (const limb of limbs) {
    const [dx, dy] = [limb.b[0] - limb.a[0], limb.b[1] - limb.a[1]];
    const [px, py] = [x - limb.a[0], y - limb.a[1]];
    const long = Math.max(1, Math.hypot(dx, dy));
    const share = Math.min(1, Math.max(0, (px * dx + py * dy) / (long * long)));
    const distance = Math.hypot(px - share * dx, py - share * dy) - blend(limb.ra, limb.rb, share);
    if (distance < nearest) {
      nearest = distance;
      place.limb = limb;
      place.along = (px * dx + py * dy) / long;
      place.across = (py * dx - px * dy) / long;
    }
    place.distance = roundedUnion(place.distance, distance);
  }
  place.distance += (cloud(x / 26, y / 26, seed, 2) - 0.5) * 11;
  return place;
}

/** The nearer of two, rounded where they are alike (Quilez, polynomial smooth minimum). */
function roundedUnion(a: number, b: number): number {
  if (a === Infinity) return b;
  const near = Math.max(rounding - Math.abs(a - b), 0) / rounding;
  return Math.min(a, b) - (near * near * rounding) / 4;
}

/** The coat's colour at a place, before light falls on it. */
export function coatAt({ coat, marks, seed }: Figure, { limb, along, across }: Place): Colour {
  const fine = cloud(along / 5, across / 5, seed + 20, 3);
  const broad = cloud(along / 34, across / 34, seed + 30, 3);
  const marked =
    coat === 'spots'
      ? step(0.56, 0.62, cloud(along / 17, across / 17, seed + 40, 2))
      : coat === 'stripes'
        ? step(0.1, 0.45, Math.sin(along / 5.5 + 5 * broad))
        : step(0.45, 0.6, cloud(along / 60, across / 8, seed + 50, 3));
  const light = 0.62 + 0.36 * broad + 0.4 * fine;
  const [r, g, b] = mix(limb.colour, marks, 0.85 * marked);
  return [r * light, g * light, b * light];
}

const fur: Colour = [196, 138, 76];
const paleFur: Colour = [222, 190, 146];
const dark: Colour = [74, 48, 34];

function limb(ax: number, ay: number, bx: number, by: number, ra: number, rb: number, colour: Colour): Limb {
  return { a: [ax, ay], b: [bx, by], ra, rb, colour };
}

/** An animal seen from its side, about 230 × 160, looking right. */
export function animal(coat: Figure['coat'] = 'spots', body: Colour = fur, marks: Colour = dark): Figure {
  return {
    seed: 7,
    coat,
    marks,
    limbs: [
      limb(-62, -8, 48, -12, 42, 38, body),
      limb(48, -22, 84, -54, 27, 20, body),
      limb(86, -58, 118, -48, 23, 13, paleFur),
      limb(78, -70, 72, -92, 9, 5, dark),
      limb(-60, 10, -72, 76, 22, 12, body),
      limb(-34, 18, -30, 78, 20, 12, paleFur),
      limb(34, 12, 28, 78, 19, 12, paleFur),
      limb(52, 6, 64, 76, 18, 11, body),
      limb(-98, -24, -132, 16, 12, 7, dark),
    ],
  };
}

/** A trunk with bark, as high as any picture and `wide` pixels wide. */
export function trunk(wide: number): Figure {
  const half = wide / 2;
  return {
    seed: 91,
    coat: 'bark',
    marks: [52, 44, 40],
    limbs: [limb(8, -400, -6, 400, half * 0.96, half * 1.06, [134, 118, 100])],
  };
}

type Joint = readonly [x: number, y: number, z: number];

/** A dancer about 250 high, `swing` (radians) into a step, turned by `turn` (radians) about the upright axis. */
export function dancer(swing: number, turn: number): Figure {
  const shirt: Colour = [186, 44, 52];
  const trousers: Colour = [46, 66, 118];
  const skin: Colour = [214, 164, 128];
  const seen = ([x, y, z]: Joint): [number, number] => [x * Math.cos(turn) + z * Math.sin(turn), y];
  const between = (a: Joint, b: Joint, ra: number, rb: number, colour: Colour): Limb => ({
    a: seen(a),
    b: seen(b),
    ra,
    rb,
    colour,
  });
  const hung = ([x, y, z]: Joint, long: number, out: number, ahead: number): Joint => [
    x + long * Math.sin(out),
    y + long * Math.cos(out) * Math.cos(ahead),
    z + long * Math.cos(out) * Math.sin(ahead),
  ];
  const limbs: Limb[] = [
    between([0, -46, 0], [0, 18, 0], 37, 30, shirt),
    between([0, -84, 0], [2, -104, 4], 13, 24, skin),
    between([0, -112, -5], [0, -118, -5], 22, 20, [58, 40, 30]),
  ];
  for (const side of [-1, 1]) {
    const beat = Math.sin(swing + (side > 0 ? 0 : Math.PI));
    const shoulder: Joint = [34 * side, -62, 0];
    const elbow = hung(shoulder, 50, side * (0.75 + 0.6 * beat), 0.5 * beat);
    const hand = hung(elbow, 46, side * (1.1 + 1.2 * beat), 0.9 * beat);
    const hip: Joint = [18 * side, 28, 0];
    const knee = hung(hip, 56, side * (0.22 + 0.25 * beat), -0.7 * beat);
    const foot = hung(knee, 54, side * 0.1, -0.7 * beat - 0.45 * (1 - beat));
    limbs.push(between(shoulder, elbow, 16, 13, shirt), between(elbow, hand, 12, 11, skin));
    limbs.push(between(hip, knee, 23, 17, trousers), between(knee, foot, 16, 12, trousers));
  }
  return { seed: 33, coat: 'stripes', marks: [232, 220, 200], limbs };
}
