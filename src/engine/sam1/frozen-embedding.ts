import { coarseUnit, fineUnit } from './mobile-embedding';
import type { Features, MobileEmbedding } from './mobile-embedding';
import { gridSize, pictureGeometry } from './picture-geometry';

/** Channels of the encoder's output. */
const imageChannels = 256;

/** An embedding as bytes: the picture's size, the encoder's output, then both maps of vectors. */
export function freezeEmbedding({ geometry, image, coarse, fine }: MobileEmbedding): Uint8Array[] {
  const head = Uint32Array.of(geometry.width, geometry.height, coarse.channels, fine.channels);
  return [head, image, coarse.data, fine.data].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
}

/** What {@link freezeEmbedding} made bytes of, bit for bit. */
export function thawEmbedding(frameIndex: number, bytes: Uint8Array): MobileEmbedding {
  const { buffer } = bytes.slice();
  const [width, height, ...channels] = new Uint32Array(buffer, 0, 4);
  const geometry = pictureGeometry(width!, height!);
  const image = new Float32Array(buffer, 16, imageChannels * gridSize * gridSize);
  let at = 16 + image.byteLength;
  const features = (fold: number, depth: number, unit: number): Features => {
    const [columns, rows] = [fold * geometry.columns, fold * geometry.rows];
    const data = new Int8Array(buffer, at, columns * rows * depth);
    at += data.byteLength;
    return { columns, rows, channels: depth, data, unit };
  };
  const coarse = features(1, channels[0]!, coarseUnit);
  const fine = features(2, channels[1]!, fineUnit);
  return { frameIndex, bytes: bytes.byteLength - 16, geometry, image, coarse, fine };
}
