export { csvLine } from './csv';
export type { ExportedFile, ExportInput, Format, ImportedMask, ImportInput, Picture, Scale } from './format';
export { decodeIndexedPng, encodeIndexedPng, vocPalette } from './indexed-png';
export type { IndexedPicture } from './indexed-png';
export { pathsBelow } from './label-pictures';
export { npyHeader } from './npy';
export { formatNames, formatOf, importNames } from './registry';
export { tableOf } from './tables';
export type { Cell, Column, Table, TableName } from './tables';
