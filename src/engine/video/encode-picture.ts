import type { Frame } from './frame-source';

/** A picture for the eye. */
export interface EncodedPicture {
  readonly type: 'image/jpeg';
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A frame as JPEG, scaled down to at most `maxWidth` pixels across, never up. Works off the main thread. */
export async function encodePicture(
  frame: Frame,
  options: { readonly maxWidth: number },
): Promise<EncodedPicture> {
  // Loaded where it is used: the kernel's process opens this folder too and should stay free of native code.
  const { default: sharp } = await import('sharp');
  const { width, height, data } = frame;
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  const scaled =
    options.maxWidth < width ? image.resize({ width: options.maxWidth, kernel: 'linear' }) : image;
  const encoded = await scaled
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toBuffer({ resolveWithObject: true });
  return { type: 'image/jpeg', data: encoded.data, width: encoded.info.width, height: encoded.info.height };
}

/** Loads what encodes, so that the first picture does not wait for it. */
export async function loadEncoder(): Promise<void> {
  await import('sharp');
}
