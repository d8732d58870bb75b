import type { DecodedPicture } from './picture-feed';

/** Decodes a JPEG, PNG or WebP with the browser's own decoder, off the main thread where it can. */
export async function decodePicture(bytes: DataView, type: string): Promise<DecodedPicture> {
  const blob = new Blob([bytes as DataView<ArrayBuffer>], { type });
  const image = await createImageBitmap(blob);
  return { image, width: image.width, height: image.height, close: () => image.close() };
}
