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
  const [r, g, b] = planes(picture);
  const [mr, mg, mb, mp] = [means.of(r), means.of(g), means.of(b), means.of(p)];
  const product = (one: Float32Array, other: Float32Array): Float32Array => means.ofProduct(one, other);
  const [rr, rg, rb] = [product(r, r), product(r, g), product(r, b)];
  const [gg, gb, bb] = [product(g, g), product(g, b), product(b, b)];
  const [pr, pg, pb] = [product(p, r), product(p, g), product(p, b)];
  for (let i = 0; i < p.length; i++) {
    const ur = mr[i]!;
    const ug = mg[i]!;
    const ub = mb[i]!;
    const up = mp[i]!;
    // Variances and covariances of the colours, and with the map.
    const vr = rr[i]! - ur * ur + evenness;
    const vg = gg[i]! - ug * ug + evenness;
    const vb = bb[i]! - ub * ub + evenness;
    const crg = rg[i]! - ur * ug;
    const crb = rb[i]! - ur * ub;
    const cgb = gb[i]! - ug * ub;
    const cr = pr[i]! - ur * up;
    const cg = pg[i]! - ug * up;
    const cb = pb[i]! - ub * up;
    // The symmetric matrix of those is inverted by its cofactors.
    const red = vg * vb - cgb * cgb;
    const green = vr * vb - crb * crb;
    const blue = vr * vg - crg * crg;
    const redGreen = crb * cgb - crg * vb;
    const redBlue = crg * cgb - vg * crb;
    const greenBlue = crg * crb - vr * cgb;
    const by = 1 / (vr * red + crg * redGreen + crb * redBlue);
    const ar = by * (red * cr + redGreen * cg + redBlue * cb);
    const ag = by * (redGreen * cr + green * cg + greenBlue * cb);
    const ab = by * (redBlue * cr + greenBlue * cg + blue * cb);
    pr[i] = ar;
    pg[i] = ag;
    pb[i] = ab;
    mp[i] = up - ar * ur - ag * ug - ab * ub;
  }
  return { red: means.of(pr), green: means.of(pg), blue: means.of(pb), rest: means.of(mp) };
}

function planes({ data }: BytePicture): [red: Float32Array, green: Float32Array, blue: Float32Array] {
  const of = (channel: number): Float32Array => {
    const plane = new Float32Array(data.length / 3);
    for (let i = 0, at = channel; i < plane.length; i++, at += 3) plane[i] = data[at]! / 255;
    return plane;
  };
  return [of(0), of(1), of(2)];
}

/** Means over windows of some places to each side, over what of a window lies in the map. */
class WindowMeans {
  readonly #width: number;
  readonly #height: number;
  readonly #radius: number;
  /** Sums along each line. */
  readonly #across: Float64Array;
  /** One over how many places a window has across, and down. */
  readonly #columns: Float64Array;
  readonly #lines: Float64Array;
  readonly #product: Float32Array;

  constructor(width: number, height: number, radius: number) {
    [this.#width, this.#height, this.#radius] = [width, height, radius];
    this.#across = new Float64Array(width * height);
    this.#columns = Float64Array.from({ length: width }, (_, x) => 1 / windowSize(x, width, radius));
    this.#lines = Float64Array.from({ length: height }, (_, y) => 1 / windowSize(y, height, radius));
    this.#product = new Float32Array(width * height);
  }

  /** Of the product of two maps. */
  ofProduct(one: Float32Array, other: Float32Array): Float32Array {
    const product = this.#product;
    for (let i = 0; i < product.length; i++) product[i] = one[i]! * other[i]!;
    return this.of(product);
  }

  of(map: Float32Array): Float32Array {
    this.#sumAcross(map);
    const width = this.#width;
    const height = this.#height;
    const radius = this.#radius;
    const across = this.#across;
    const columns = this.#columns;
    const means = new Float32Array(map.length);
    const sums = new Float64Array(width);
    for (let i = 0; i < Math.min(radius, height) * width; i++) sums[i % width]! += across[i]!;
    for (let y = 0; y < height; y++) {
      const start = y * width;
      const line = this.#lines[y]!;
      const [below, above] = [start + radius * width, start - (radius + 1) * width];
      if (below < across.length && above >= 0) {
        // Nearly all lines, and all at once.
        for (let x = 0; x < width; x++) {
          const sum = sums[x]! + across[below + x]! - across[above + x]!;
          sums[x] = sum;
          means[start + x] = sum * columns[x]! * line;
        }
        continue;
      }
      if (below < across.length) for (let x = 0; x < width; x++) sums[x]! += across[below + x]!;
      if (above >= 0) for (let x = 0; x < width; x++) sums[x]! -= across[above + x]!;
      for (let x = 0; x < width; x++) means[start + x] = sums[x]! * columns[x]! * line;
    }
    return means;
  }

  #sumAcross(map: Float32Array): void {
    const width = this.#width;
    const radius = this.#radius;
    const across = this.#across;
    for (let start = 0; start < map.length; start += width) {
      let sum = 0;
      for (let x = 0; x < Math.min(radius, width); x++) sum += map[start + x]!;
      for (let x = 0; x < width; x++) {
        if (x + radius < width) sum += map[start + x + radius]!;
        if (x > radius) sum -= map[start + x - radius - 1]!;
        across[start + x] = sum;
      }
    }
  }
}

/** Places of a line of `length` that are at most `radius` from one. */
function windowSize(at: number, length: number, radius: number): number {
  return Math.min(length - 1, at + radius) - Math.max(0, at - radius) + 1;
}
