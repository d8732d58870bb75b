import { closeSync, openSync, readSync } from 'node:fs';
import { VideoError } from '../../errors';
import { readLines } from './ffmpeg-run';

/**
 * Which picture is which frame: for every picture that a full decode shows, in the order in which it shows
 * them, its time stamp and whether decoding can begin there.
 */
export interface FrameTable {
  /** float64[n]: presentation time stamps in units of the time base, rising. */
  readonly stamps: Float64Array;
  /** uint8[n]: 1 where the picture stands by itself. */
  readonly keys: Uint8Array;
  /** Seconds per unit. */
  readonly timeBase: number;
}

/** Containers and codecs whose packets tell their pictures: one packet shown is one picture. */
const plainCodecs = new Set(['h264', 'hevc', 'vp9', 'av1', 'mpeg4', 'mjpeg', 'prores', 'png', 'ffv1']);

/** A line for each packet, many at a time: written one by one they take a third longer. */
const lines = ['-flush_packets', '0', '-f', 'framecrc', '-'];

interface Packet {
  readonly stamp: number;
  readonly key: boolean;
}

/**
 * Builds the table by reading the file's packets without decoding them. ffmpeg marks the packets that an edit
 * list hides. Where packets do not tell (no time stamps, two with the same, codecs with hidden packets), the
 * pictures are decoded once instead.
 */
export async function readFrameTable(program: string, path: string): Promise<FrameTable> {
  const packets: Packet[] = [];
  let timeBase = 0;
  let codec = '';
  const args = ['-copyts', '-i', path, '-map', '0:v:0', '-c', 'copy', ...lines];
  const { stderr } = await readLines(program, args, (line) => {
    if (line.startsWith('#tb 0:')) timeBase = fraction(line.slice(6));
    else if (line.startsWith('#codec_id 0:')) codec = line.slice(12).trim();
    else if (!line.startsWith('#')) pushPacket(packets, line);
  });
  if (packets.length === 0 && timeBase === 0) throw unreadable(path, stderr);
  packets.sort((a, b) => a.stamp - b.stamp);
  const tells =
    plainCodecs.has(codec) && packets.every((one, i) => i === 0 || one.stamp > packets[i - 1]!.stamp);
  const known = packets.length > 0 && packets.every((one) => Math.abs(one.stamp) < 2 ** 60);
  if (!tells || !known) return decodeFrameTable(program, path);
  return cutShort.test(stderr) ? decodeEnd(program, path, packets, timeBase) : tableOf(packets, timeBase);
}

/** What ffmpeg says of a file whose end is missing. */
const cutShort = /partial file|ended prematurely|Truncat|Invalid data/i;

/** The last packets of a file cut short may hold no picture: from the last but one key picture, decoding tells. */
async function decodeEnd(
  program: string,
  path: string,
  packets: readonly Packet[],
  timeBase: number,
): Promise<FrameTable> {
  const keys = packets.filter((one) => one.key).map((one) => one.stamp);
  const from = keys.at(-2);
  if (from === undefined) return decodeFrameTable(program, path);
  const end = (await decodePackets(program, path, from * timeBase)).packets.filter(
    ({ stamp }) => stamp >= from,
  );
  const isKey = new Set(keys);
  const before = packets.filter(({ stamp }) => stamp < from);
  return tableOf([...before, ...end.map(({ stamp }) => ({ stamp, key: isKey.has(stamp) }))], timeBase);
}

/** Builds the table by decoding every picture: exact for any file, slow for long ones. */
export async function decodeFrameTable(program: string, path: string): Promise<FrameTable> {
  const { packets, timeBase, stderr } = await decodePackets(program, path, null);
  if (packets.length === 0 && timeBase === 0) throw unreadable(path, stderr);
  // Raw pictures all count as key; seeking into such a file begins at its start.
  return tableOf(
    packets.map(({ stamp }, i) => ({ stamp, key: i === 0 })),
    timeBase,
  );
}

/** Decodes every picture from a time in seconds on the file's clock, or all. */
async function decodePackets(
  program: string,
  path: string,
  from: number | null,
): Promise<{ packets: Packet[]; timeBase: number; stderr: string }> {
  const packets: Packet[] = [];
  let timeBase = 0;
  const seek = from === null ? [] : ['-seek_timestamp', '1', '-ss', from.toFixed(6)];
  const small = ['-vf', 'scale=16:16:flags=neighbor', '-enc_time_base', 'demux', '-c:v', 'rawvideo'];
  const args = ['-copyts', ...seek, '-i', path, '-map', '0:v:0', '-fps_mode', 'passthrough', ...small];
  const { stderr } = await readLines(program, [...args, ...lines], (line) => {
    if (line.startsWith('#tb 0:')) timeBase = fraction(line.slice(6));
    else if (!line.startsWith('#')) pushPacket(packets, line);
  });
  return { packets, timeBase, stderr };
}

/** `0, dts, pts, duration, size, crc[, F=0x5]`: flag 4 says that the packet is decoded but not shown. */
function pushPacket(packets: Packet[], line: string): void {
  const fields = line.split(',');
  const stamp = Number(fields[2]);
  const flags = fields.length > 6 ? /F=0x([0-9A-F]+)/.exec(line) : null;
  const bits = flags ? parseInt(flags[1]!, 16) : 1;
  if (fields.length >= 6 && (bits & 4) === 0) packets.push({ stamp, key: (bits & 1) === 1 });
}

function tableOf(packets: readonly Packet[], timeBase: number): FrameTable {
  return {
    stamps: Float64Array.from(packets, (one) => one.stamp),
    keys: Uint8Array.from(packets, (one) => (one.key ? 1 : 0)),
    timeBase,
  };
}

function fraction(text: string): number {
  const [above, below] = text.split('/').map(Number);
  return above! / below!;
}

/** The sentence for a file that ffmpeg cannot make a picture of, with ffmpeg's own last word. */
export function unreadable(path: string, stderr: string): VideoError {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('Error opening input'));
  const own = (
    lines.find((line) => /moov|Invalid data|not found|matches no streams/.test(line)) ??
    lines[0] ??
    ''
  )
    .replace(/^\[[^\]]*\] /, '')
    .replace(path, 'it');
  if (stderr.includes('matches no streams')) {
    return new VideoError(`${path} has no pictures in it (sound only?). Choose a video file.`, {
      path,
      code: 'no-video',
    });
  }
  if (stderr.includes('moov atom not found') && isMp4(path)) {
    return new VideoError(
      `${path} is cut off: its index is missing, so no picture can be read. Copy or record it again, or repair it with a recovery tool.`,
      { path, code: 'truncated' },
    );
  }
  return new VideoError(`${path} is not a video that ffmpeg can read (${own.trim() || 'no reason given'}).`, {
    path,
    code: 'unreadable',
  });
}

/** An mp4 or mov begins with a box called ftyp (ISO 14496-12, 4.3), or in old files with one of these. */
function isMp4(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(8);
    readSync(file, head, 0, 8, 0);
    return ['ftyp', 'mdat', 'moov', 'free', 'wide'].includes(head.toString('latin1', 4));
  } finally {
    closeSync(file);
  }
}
