import type { MobileEmbedding } from '../../src/engine/sam1/mobile-embedding';
import type { PictureGeometry } from '../../src/engine/sam1/picture-geometry';

/** A frame as MobileSAM has it, for what asks where and how large it is seen, and for none of its maps. */
export function blankEmbedding(
  frameIndex: number,
  geometry: PictureGeometry,
  picture: MobileEmbedding['picture'] = { width: 0, height: 0, data: new Uint8Array(0) },
): MobileEmbedding {
  const none = { columns: 0, rows: 0, channels: 16, data: new Int8Array(0), unit: 1 };
  const maps = { image: new Float32Array(0), coarse: none, fine: none, finest: none };
  return { frameIndex, bytes: 0, geometry, picture, ...maps };
}
