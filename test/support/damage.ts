import fc from 'fast-check';

/** One change of a file: where, as a share of its length, and what. */
export interface Damage {
  readonly at: number;
  readonly kind: 'flip' | 'cut' | 'insert' | 'repeat' | 'digit';
  readonly bytes: Uint8Array;
}

/** One to four changes of a file. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom('flip', 'cut', 'insert', 'repeat', 'digit'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A file with changes made to it. */
export function damaged(file: Uint8Array, changes: readonly Damage[]): Uint8Array {
  let bytes: Uint8Array = file;
  for (const { at, kind, bytes: given } of changes) {
    const place = Math.floor(at * bytes.length);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (kind === 'flip') bytes = Buffer.concat([before, given, after.subarray(given.length)]);
    else if (kind === 'cut') bytes = before;
    else if (kind === 'insert') bytes = Buffer.concat([before, given, after]);
    else if (kind === 'repeat') bytes = Buffer.concat([before, after, after]);
    else {
      const digit = bytes.findIndex((one, i) => i >= place && one >= 48 && one < 58);
      if (digit >= 0)
        bytes = Buffer.concat([bytes.subarray(0, digit), Buffer.from('99999999'), bytes.subarray(digit + 1)]);
    }
  }
  return new Uint8Array(bytes);
}
