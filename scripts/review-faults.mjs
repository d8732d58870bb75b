// Faults of known place in tracks of known masks: what alarms are measured on. Everything is seeded.

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const between = (random, low, high) => low + random() * (high - low);
const whole = (random, low, high) => Math.floor(between(random, low, high + 1));

export function areaOf({ data }) {
  let area = 0;
  for (const one of data) area += one;
  return area;
}

/** A mask moved by whole pixels; what leaves the picture is gone. */
export function moved({ width, height, data }, dx, dy) {
  const to = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x] && x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height)
        to[(y + dy) * width + x + dx] = 1;
  return { width, height, data: to };
}

/** A mask grown by a pixel on every side, or eaten by one. */
export function grown({ width, height, data }, outward = true) {
  const to = Uint8Array.from(data);
  const there = outward ? 0 : 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (data[i] !== there) continue;
      const touches =
        (x > 0 && data[i - 1] !== there) ||
        (x < width - 1 && data[i + 1] !== there) ||
        (y > 0 && data[i - width] !== there) ||
        (y < height - 1 && data[i + width] !== there);
      if (touches) to[i] = 1 - there;
    }
  return { width, height, data: to };
}

/** A mask with a disk added at its edge: a leak into what is beside it. */
export function leaked(mask, share, random) {
  const { width, height, data } = mask;
  const radius = Math.sqrt((areaOf(mask) * share) / Math.PI);
  const inside = [];
  for (let i = 0; i < data.length; i++) if (data[i]) inside.push(i);
  if (inside.length === 0) return mask;
  let edge = inside[whole(random, 0, inside.length - 1)];
  const angle = random() * 2 * Math.PI;
  for (let step = 0; step < 2000; step++) {
    const x = Math.round((edge % width) + Math.cos(angle) * step);
    const y = Math.round(Math.floor(edge / width) + Math.sin(angle) * step);
    if (x < 0 || y < 0 || x >= width || y >= height || !data[y * width + x]) {
      edge = Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1);
      break;
    }
  }
  const [cx, cy] = [edge % width, Math.floor(edge / width)];
  const to = Uint8Array.from(data);
  const reach = Math.ceil(radius);
  for (let y = Math.max(0, cy - reach); y <= Math.min(height - 1, cy + reach); y++)
    for (let x = Math.max(0, cx - reach); x <= Math.min(width - 1, cx + reach); x++)
      if (Math.hypot(x - cx, y - cy) <= radius) to[y * width + x] = 1;
  return { width, height, data: to };
}

/**
 * A fault in a track of `frames` masks (null: not computed): where it stands, and the masks it puts there.
 * `tracks`: the clean masks of all objects by id; `id`: whose track is spoilt. Null where the track has no room for it.
 */
export function plant(type, tracks, id, random) {
  const track = tracks.get(id);
  const count = track.length;
  const first = whole(random, 8, count - 9);
  const room = count - 1 - first;
  const long = Math.min(room, whole(random, 3, 20));
  const whole0 = track[first - 1];
  if (!whole0 || areaOf(whole0) < 60) return null;
  const size = Math.sqrt(areaOf(whole0));
  const span = (length) => [first, Math.min(count - 1, first + length - 1)];
  const spoil = (length, make) => {
    const [from, to] = span(length);
    const spoilt = new Map();
    for (let frame = from; frame <= to; frame++)
      if (track[frame]) spoilt.set(frame, make(track[frame], frame));
    return { span: [from, to], objects: new Map([[id, spoilt]]) };
  };
  switch (type) {
    case 'dropout':
      return spoil(whole(random, 1, 10), ({ width, height }) => ({
        width,
        height,
        data: new Uint8Array(width * height),
      }));
    case 'left out':
      return spoil(Math.min(room - 1, whole(random, 1, 8)), () => null);
    case 'shift': {
      const angle = random() * 2 * Math.PI;
      const far = Math.max(2, size * between(random, 0.3, 1));
      return spoil(long, (mask) =>
        moved(mask, Math.round(Math.cos(angle) * far), Math.round(Math.sin(angle) * far)),
      );
    }
    case 'leak': {
      const share = between(random, 0.25, 1);
      return spoil(long, (mask) => leaked(mask, share, random));
    }
    case 'growth': {
      const rate = between(random, 0.004, 0.015) * size;
      return spoil(Math.min(room, 24), (mask, frame) => {
        let to = mask;
        for (let n = Math.round((frame - first + 1) * Math.max(rate, 0.15)); n > 0; n--) to = grown(to);
        return to;
      });
    }
    case 'swap':
    case 'takeover': {
      const others = [...tracks.keys()].filter((one) => one !== id && tracks.get(one)[first]);
      if (others.length === 0) return null;
      const other = others[whole(random, 0, others.length - 1)];
      const [mine, theirs] = [new Map(), new Map()];
      for (let frame = first; frame < count; frame++) {
        if (tracks.get(other)[frame]) mine.set(frame, tracks.get(other)[frame]);
        if (track[frame]) theirs.set(frame, track[frame]);
      }
      const objects = new Map([[id, mine]]);
      if (type === 'swap') objects.set(other, theirs);
      return { span: [first, first], objects };
    }
  }
  throw new Error(`no fault ${type}`);
}

/** A mask that differs from another as two good ones do: a pixel more or less around. */
export function jittered(mask, random) {
  const pixels = areaOf(mask) > 8000 ? whole(random, 0, 2) : whole(random, 0, 1);
  const outward = random() < 0.5;
  let to = mask;
  for (let n = 0; n < pixels; n++) to = grown(to, outward);
  return to;
}
