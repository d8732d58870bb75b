import type { TensorType } from './checkpoint';

/** Bytes of one number. */
export const bytesOf: Readonly<Record<TensorType, number>> = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float64: 8,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** Numbers of any type as float32. `bytes` are little-endian, as both kinds of checkpoint store them. */
export function toFloats(bytes: Buffer, type: TensorType): Float32Array {
  const values = new Float32Array(bytes.length / bytesOf[type]);
  switch (type) {
    case 'float32':
      new Uint8Array(values.buffer).set(bytes);
      return values;
    case 'bfloat16': {
      const bits = new Uint32Array(values.buffer);
      return values.map((_, i) => {
        bits[i] = bytes.readUInt16LE(2 * i) << 16;
        return values[i]!;
      });
    }
    case 'float16':
      return values.map((_, i) => halfToNumber(bytes.readUInt16LE(2 * i)));
    case 'float64':
      return values.map((_, i) => bytes.readDoubleLE(8 * i));
    case 'int64':
      return values.map((_, i) => Number(bytes.readBigInt64LE(8 * i)));
    case 'int32':
      return values.map((_, i) => bytes.readInt32LE(4 * i));
    case 'int16':
      return values.map((_, i) => bytes.readInt16LE(2 * i));
    case 'int8':
      return values.map((_, i) => bytes.readInt8(i));
    case 'uint8':
    case 'bool':
      return values.map((_, i) => bytes[i]!);
  }
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
