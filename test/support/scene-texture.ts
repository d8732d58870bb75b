/** A colour, 0 to 255 a channel. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A number between 0 and 1 that depends on nothing but its arguments, which are taken as whole. */
export function chance(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** Value noise: chance at whole places, smooth in between. */
function smooth(x: number, y: number, seed: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const [u, v] = [ease(x - x0), ease(y - y0)];
  const upper = blend(chance(x0, y0, seed), chance(x0 + 1, y0, seed), u);
  const lower = blend(chance(x0, y0 + 1, seed), chance(x0 + 1, y0 + 1, seed), u);
  return blend(upper, lower, v);
}

/** Noise of several scales, each half as wide and 0.55 as strong as the one before; 0 to 1, mostly near 0.5. */
export function cloud(x: number, y: number, seed: number, octaves: number): number {
  let [sum, total, strength, pitch] = [0, 0, 1, 1];
  for (let i = 0; i < octaves; i++) {
    sum += strength * smooth(x * pitch, y * pitch, seed + i);
    total += strength;
    strength *= 0.55;
    pitch *= 2;
  }
  return sum / total;
}

/** From `a` at 0 to `b` at 1. */
export function blend(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** From colour `a` at 0 to `b` at 1. */
export function mix(a: Colour, b: Colour, share: number): Colour {
  return [blend(a[0], b[0], share), blend(a[1], b[1], share), blend(a[2], b[2], share)];
}

/** 0 below `from`, 1 above `to`, smooth in between. */
export function step(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
