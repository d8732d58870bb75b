import type { ByteFile } from './byte-file';
import { shownName } from './shown-name';

/** One stored (not compressed) entry of a zip file. */
export interface ZipEntry {
  readonly name: string;
  /** Where its bytes begin in the file. */
  readonly offset: number;
  readonly size: number;
}

// Signatures and field places: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3.
const endSignature = 0x06054b50;
const end64LocatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const zip64Field = 0x0001;
const most32 = 0xffffffff;

/** Torch writes a file per tensor storage: large has 903. */
const mostEntries = 20_000;

/** The entries of a zip file as torch writes it: stored, zip64 where it is large. */
export async function readZipDirectory(file: ByteFile): Promise<Map<string, ZipEntry>> {
  const { count, size, offset } = await findDirectory(file);
  if (count > mostEntries || size > file.size) throw file.damaged('its directory is too large');
  const bytes = await file.read(offset, size);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature)
      throw file.damaged('its directory is damaged');
    const length =
      46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (at + length > bytes.length) throw file.damaged('its directory is damaged');
    const entry = await readEntry(file, bytes.subarray(at, at + length));
    entries.set(entry.name, entry);
    at += length;
  }
  return entries;
}

async function findDirectory(file: ByteFile): Promise<{ count: number; size: number; offset: number }> {
  const length = Math.min(file.size, 65_557 + 20);
  const tail = await file.read(file.size - length, length);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== endSignature) at--;
  if (at < 0) throw file.damaged('it has no zip directory, as after a download that stopped');
  const plain = {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  if (plain.count !== 0xffff && plain.size !== most32 && plain.offset !== most32) return plain;
  if (at < 20 || tail.readUInt32LE(at - 20) !== end64LocatorSignature)
    throw file.damaged('its zip directory is damaged');
  const end = await file.read(Number(tail.readBigUInt64LE(at - 12)), 56);
  if (end.readUInt32LE(0) !== end64Signature) throw file.damaged('its zip directory is damaged');
  return {
    count: Number(end.readBigUInt64LE(32)),
    size: Number(end.readBigUInt64LE(40)),
    offset: Number(end.readBigUInt64LE(48)),
  };
}

async function readEntry(file: ByteFile, record: Buffer): Promise<ZipEntry> {
  const nameLength = record.readUInt16LE(28);
  const name = record.toString('utf8', 46, 46 + nameLength);
  if (record.readUInt16LE(10) !== 0) throw file.damaged(`its entry ${shownName(name)} is compressed`);
  const extra = record.subarray(46 + nameLength, 46 + nameLength + record.readUInt16LE(30));
  const { size, local } = wideFields(file, record, extra);
  const head = await file.read(local, 30);
  if (head.readUInt32LE(0) !== localSignature) throw file.damaged('an entry is not where it should be');
  const offset = local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (offset + size > file.size) throw file.damaged('it ends too early');
  return { name, offset, size };
}

/** Sizes and places of 64 bits lie in an extra field, those that need it, in this order. */
function wideFields(file: ByteFile, record: Buffer, extra: Buffer): { size: number; local: number } {
  const stored = record.readUInt32LE(20);
  let size = record.readUInt32LE(24);
  let local = record.readUInt32LE(42);
  if (size !== most32 && local !== most32 && stored !== most32) {
    if (stored !== size) throw file.damaged('an entry has two sizes');
    return { size, local };
  }
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== zip64Field) continue;
    let field = at + 4;
    const next = (): number => {
      if (field + 8 > extra.length) throw file.damaged('an entry is damaged');
      field += 8;
      return Number(extra.readBigUInt64LE(field - 8));
    };
    if (size === most32) size = next();
    if (stored === most32) next();
    if (local === most32) local = next();
    return { size, local };
  }
  throw file.damaged('an entry is damaged');
}
