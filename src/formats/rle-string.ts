import { FormatError } from '../errors';
import { runLengthArea } from '../mask';
import type { PixelBox, RunLength } from '../mask';

/**
 * COCO's compressed `counts` (rleToString of its maskApi.c): each count, from the third on less the one two before
 * it, as a signed number in groups of five bits, the lowest first; bit 5 says that more follow; 48 is added to each.
 */
export function rleString({ counts }: RunLength): string {
  const signs: number[] = [];
  for (let i = 0; i < counts.length; i++) {
    let value = i > 2 ? counts[i]! - counts[i - 2]! : counts[i]!;
    for (let more = true; more;) {
      let group = value & 31;
      value >>= 5;
      more = group & 16 ? value !== -1 : value !== 0;
      if (more) group |= 32;
      signs.push(group + 48);
    }
  }
  let text = '';
  for (let at = 0; at < signs.length; at += 4096) text += String.fromCharCode(...signs.slice(at, at + 4096));
  return text;
}

/** The run lengths of a compressed `counts`. Throws a FormatError for one that does not fill the mask exactly. */
export function parseRleString(text: string, width: number, height: number): RunLength {
  const counts: number[] = [];
  let total = 0;
  for (let at = 0; at < text.length;) {
    let [value, shift, more] = [0, 0, true];
    while (more) {
      const group = text.charCodeAt(at++) - 48;
      if (!(group >= 0 && group < 64) || shift > 30) throw broken('it holds signs that RLE does not have');
      value |= (group & 31) << shift;
      more = (group & 32) !== 0;
      shift += 5;
      if (!more && group & 16 && shift < 32) value |= -1 << shift;
    }
    if (counts.length > 2) value += counts[counts.length - 2]!;
    if (value < 0) throw broken('it holds a negative length');
    counts.push(value);
    total += value;
    if (total > width * height) throw broken(`it is longer than ${width} × ${height} pixels`);
  }
  return checkCounts(counts, width, height);
}

/** Run lengths of counts that a file gives plainly. Throws a FormatError when they do not fill the mask exactly. */
export function checkCounts(counts: readonly number[], width: number, height: number): RunLength {
  if (counts.some((one) => !Number.isInteger(one) || one < 0)) throw broken('a length is not a whole number');
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total !== width * height) throw broken(`it covers ${total} of ${width} × ${height} pixels`);
  return { width, height, counts: Uint32Array.from(counts) };
}

function broken(why: string): FormatError {
  return new FormatError(`A mask’s run lengths cannot be read: ${why}. Nothing was imported.`);
}

/** The smallest box around a mask's pixels, edges inclusive, without decoding; null for an empty one. */
export function runLengthBox(mask: RunLength): PixelBox | null {
  const { height, counts } = mask;
  if (runLengthArea(mask) === 0) return null;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -1, -1];
  let position = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = position + counts[i]!;
    if ((i & 1) === 1 && end > position) {
      const [from, to] = [Math.floor(position / height), Math.floor((end - 1) / height)];
      x0 = Math.min(x0, from);
      x1 = Math.max(x1, to);
      y0 = from === to ? Math.min(y0, position % height) : 0;
      y1 = from === to ? Math.max(y1, (end - 1) % height) : height - 1;
    }
    position = end;
  }
  return { x0, y0, x1, y1 };
}
