import { strFromU8, strToU8 } from 'fflate';

/** UTF-8 of a text. */
export function bytesOf(text: string): Uint8Array {
  return strToU8(text);
}

/** The text of UTF-8, without a byte order mark. */
export function textOf(bytes: Uint8Array): string {
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
