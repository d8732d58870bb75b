export type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput, Picture, Scale } from './format';
export { decodeIndexedPng, encodeIndexedPng, vocPalette } from './indexed-png';
export type { IndexedPicture } from './indexed-png';
export { npyHeader } from './npy';
export { formatNames, formatOf } from './registry';
