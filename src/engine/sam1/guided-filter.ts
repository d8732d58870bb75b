import type { BytePicture, FloatMap } from '../resampling';

/** A map as red, green, blue and a number for each place: `red[i] * r + green[i] * g + blue[i] * b + rest[i]`. */
export interface ColourFit {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly rest: Float32Array;
}

/**
 * What of a map is linear in a picture's colours (0 to 1), within windows of `radius` places to each side, the mean of all windows that a
 * place lies in: a map so put together again has its edges where the picture's are. Colours that vary by less than √`evenness` count as
 * even. The guided filter of He, Sun and Tang, "Guided image filtering" (2010), equations 14 to 16; windows end where the map does.
 */
export function fitToColours(
  picture: BytePicture,
  map: FloatMap,
  radius: number,
  evenness: number,
): ColourFit {
  const { width, height, data: p } = map;
  const means = new WindowMeans(width, height, radius);
  const [r, g, b] = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: p.length }, (_, i) => picture.data[3 * i + channel]! / 255),
  ) as [Float32Array, Float32Array, Float32Array];
  const [mr, mg, mb, mp] = [means.of(r), means.of(g), means.of(b), means.of(p)];
  const [rr, rg, rb] = [means.of(r, r), means.of(r, g), means.of(r, b)];
  const [gg, gb, bb] = [means.of(g, g), means.of(g, b), means.of(b, b)];
  const [pr, pg, pb] = [means.of(p, r), means.of(p, g), means.of(p, b)];
  for (let i = 0; i < p.length; i++) {
    const [ur, ug, ub, up] = [mr[i]!, mg[i]!, mb[i]!, mp[i]!];
    // Variances and covariances of the colours, and with the map.
    const [vr, vg, vb] = [
      rr[i]! - ur * ur + evenness,
      gg[i]! - ug * ug + evenness,
      bb[i]! - ub * ub + evenness,
    ];
    const [crg, crb, cgb] = [rg[i]! - ur * ug, rb[i]! - ur * ub, gb[i]! - ug * ub];
    const [cr, cg, cb] = [pr[i]! - ur * up, pg[i]! - ug * up, pb[i]! - ub * up];
    // The symmetric matrix of those is inverted by its cofactors.
    const [rest, red, green] = [vg * vb - cgb * cgb, crb * cgb - crg * vb, crg * cgb - vg * crb];
    const [greens, blues, both] = [vr * vb - crb * crb, vr * vg - crg * crg, crg * crb - vr * cgb];
    const by = 1 / (vr * rest + crg * red + crb * green);
    pr[i] = by * (rest * cr + red * cg + green * cb);
    pg[i] = by * (red * cr + greens * cg + both * cb);
    pb[i] = by * (green * cr + both * cg + blues * cb);
    mp[i] = up - pr[i]! * ur - pg[i]! * ug - pb[i]! * ub;
  }
  return { red: means.of(pr), green: means.of(pg), blue: means.of(pb), rest: means.of(mp) };
}

/** Means over windows of some places to each side, over what of a window lies in the map. */
class WindowMeans {
  readonly #width: number;
  readonly #height: number;
  readonly #radius: number;
  /** Sums along a line, of one line after the other. */
  readonly #across: Float64Array;

  constructor(width: number, height: number, radius: number) {
    [this.#width, this.#height, this.#radius] = [width, height, radius];
    this.#across = new Float64Array(width * height);
  }

  /** Of a map, or of its product with another. */
  of(map: Float32Array, other?: Float32Array): Float32Array {
    for (let y = 0; y < this.#height; y++) this.#sumAcross(map, other, y);
    const [width, height, radius] = [this.#width, this.#height, this.#radius];
    const columns = Float64Array.from({ length: width }, (_, x) => windowSize(x, width, radius));
    const means = new Float32Array(map.length);
    const sums = new Float64Array(width);
    const add = (line: number, sign: number): void => {
      const start = line * width;
      for (let x = 0; x < width; x++) sums[x]! += sign * this.#across[start + x]!;
    };
    for (let y = 0; y < Math.min(radius, height); y++) add(y, 1);
    for (let y = 0; y < height; y++) {
      if (y + radius < height) add(y + radius, 1);
      if (y > radius) add(y - radius - 1, -1);
      const lines = windowSize(y, height, radius);
      for (let x = 0; x < width; x++) means[y * width + x] = sums[x]! / (columns[x]! * lines);
    }
    return means;
  }

  #sumAcross(map: Float32Array, other: Float32Array | undefined, y: number): void {
    const [width, radius, across] = [this.#width, this.#radius, this.#across];
    const start = y * width;
    const at = (x: number): number => (other ? map[start + x]! * other[start + x]! : map[start + x]!);
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += at(x);
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += at(x + radius);
      if (x > radius) sum -= at(x - radius - 1);
      across[start + x] = sum;
    }
  }
}

/** Places of a line of `length` that are at most `radius` from one. */
function windowSize(at: number, length: number, radius: number): number {
  return Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1;
}
