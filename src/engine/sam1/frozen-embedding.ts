import { coarseUnit, fineUnit, finestUnit } from './mobile-embedding';
import type { Features, MobileEmbedding } from './mobile-embedding';
import { gridSize, pictureGeometry } from './picture-geometry';

/** Channels of the encoder's output. */
const imageChannels = 256;
/** The picture's size, and the channels of three maps. */
const headBytes = 20;

/** An embedding as bytes: the picture's size, the encoder's output, the maps of vectors, then the picture. */
export function freezeEmbedding({
  geometry,
  picture,
  image,
  coarse,
  fine,
  finest,
}: MobileEmbedding): Uint8Array[] {
  const maps = [coarse, fine, finest];
  const head = Uint32Array.of(geometry.width, geometry.height, ...maps.map(({ channels }) => channels));
  return [head, image, ...maps.map(({ data }) => data), picture.data].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
}

/** What {@link freezeEmbedding} made bytes of, bit for bit. */
export function thawEmbedding(frameIndex: number, bytes: Uint8Array): MobileEmbedding {
  const { buffer } = bytes.slice();
  const [width, height, ...channels] = new Uint32Array(buffer, 0, headBytes / 4);
  const geometry = pictureGeometry(width!, height!);
  const image = new Float32Array(buffer, headBytes, imageChannels * gridSize * gridSize);
  let at = headBytes + image.byteLength;
  const features = (fold: number, depth: number, unit: number): Features => {
    const [columns, rows] = [fold * geometry.columns, fold * geometry.rows];
    const data = new Int8Array(buffer, at, columns * rows * depth);
    at += data.byteLength;
    return { columns, rows, channels: depth, data, unit };
  };
  const coarse = features(1, channels[0]!, coarseUnit);
  const fine = features(2, channels[1]!, fineUnit);
  const finest = features(4, channels[2]!, finestUnit);
  const [across, down] = [geometry.modelWidth, geometry.modelHeight];
  const picture = { width: across, height: down, data: new Uint8Array(buffer, at, 3 * across * down) };
  return { frameIndex, bytes: bytes.byteLength - headBytes, geometry, picture, image, coarse, fine, finest };
}
