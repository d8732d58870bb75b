import { strFromU8, strToU8 } from 'fflate';
import { FormatError } from '../errors';

/** UTF-8 of a text. */
export function bytesOf(text: string): Uint8Array {
  return strToU8(text);
}

/** Bytes of the longest text that is read. */
const longestText = 2 ** 28;

/** The text of UTF-8, without a byte order mark. Throws a FormatError for one of more than 256 MiB. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length > longestText)
    throw new FormatError(
      `A text of ${Math.round(bytes.length / 2 ** 20)} MiB is more than can be read at once (256 MiB). Nothing was imported; split it.`,
    );
  const text = strFromU8(bytes);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** A name that is safe as a part of a path on every system. */
export function safeName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')
    .replace(/[. ]+$/g, '')
    .replace(/^\.+/, '_');
  return safe === '' ? '_' : safe;
}

/** A text inside XML, in an attribute or between tags. Characters that XML 1.0 has no place for are left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');
}

/** The last part of a path, without its extension. */
export function stem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}
