import { SessionError } from '../../errors';
import type { RunLength } from '../../mask';

/**
 * A mask's run lengths as bytes: each count in groups of seven bits, the lowest first, the high bit set on all but a
 * count's last byte (unsigned LEB128).
 */
export function packMask({ counts }: RunLength): Uint8Array {
  const bytes = new Uint8Array(counts.length * 5);
  let size = 0;
  for (const count of counts) {
    let rest = count;
    while (rest > 127) {
      bytes[size++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[size++] = rest;
  }
  return bytes.slice(0, size);
}

/** The mask of such bytes. Throws a SessionError when they are not a mask of this size. */
export function unpackMask(bytes: Uint8Array, width: number, height: number): RunLength {
  const counts = new Uint32Array(bytes.length);
  let [size, value, shift, total] = [0, 0, 0, 0];
  for (const byte of bytes) {
    value += (byte & 127) * 2 ** shift;
    shift += 7;
    if (byte > 127) continue;
    if (value > width * height) throw damaged();
    counts[size++] = value;
    total += value;
    [value, shift] = [0, 0];
  }
  if (shift !== 0 || total !== width * height) throw damaged();
  return { width, height, counts: counts.slice(0, size) };
}

function damaged(): SessionError {
  return new SessionError(
    'A saved mask is damaged: its bytes are not those of a mask of this video. The other masks are not touched by it; compute this one again.',
  );
}
