import { basename, resolve } from 'node:path';
import { FormatError } from '../errors';
import { decodeIndexedPng, pathsBelow, pngSize } from '../formats';
import type { ImportInput } from '../formats';
import { voidLabel } from '../mask';
import { sequenceLabels } from '../metrics';
import { filesInput } from './import-masks';
import type { FrameMask, MaskArray } from './mask-arrays';
import { objectNames } from './object-names';
import type { Video } from './video';

/** Known masks: frame by frame a label map, each pixel its object's number, 0 for none, 255 for void. */
export interface TruthMasks {
  /** Where it is from, in words. */
  readonly name: string;
  /** The frames that are known, rising. */
  readonly frames: readonly number[];
  labels(frame: number): Promise<Uint8Array>;
  /** Numbers by object name, where the truth has names. */
  readonly names: ReadonlyMap<string, number> | null;
}

/** Another session of the same video. */
export interface TruthSession {
  readonly document: {
    readonly objects: readonly { readonly id: string; readonly name: string; readonly number: number }[];
  };
  readonly video: Video;
  labels(frame: number): Promise<FrameMask>;
}

/** Known masks: a folder of indexed PNGs as DAVIS has them, another session, or label maps as `session.masks()` gives. */
export type GroundTruth = string | TruthSession | MaskArray;

/** Opens known masks of a video. Rejects with a FormatError for what does not fit it. */
export async function openTruth(truth: GroundTruth, video: Video): Promise<TruthMasks> {
  if (typeof truth === 'string') return folderTruth(truth, video);
  return 'shape' in truth ? arrayTruth(truth, video) : sessionTruth(truth, video);
}

async function folderTruth(path: string, video: Video): Promise<TruthMasks> {
  const input = await filesInput(video, path, 'Nothing was evaluated.');
  const pictures = pathsBelow(input.paths, 'Annotations', '.png');
  const own = pictures.filter((one) => one.split('/').at(-2) === video.name);
  const byFrame = new Map<number, string>();
  for (const one of own.length > 0 ? own : pictures) {
    const frame = input.frameOf(basename(one).replace(/\.[^.]*$/, ''));
    if (frame === null) continue;
    const other = byFrame.get(frame);
    if (other !== undefined)
      throw new FormatError(
        `${resolve(path)} has two pictures of frame ${frame}: ${other} and ${one}. Nothing was evaluated; choose the folder of one video.`,
        { path },
      );
    byFrame.set(frame, one);
  }
  if (byFrame.size === 0)
    throw new FormatError(
      `${resolve(path)} has no PNG that is named as a frame of “${video.name}”, such as ${video.frameName(0)}.png. Nothing was evaluated.`,
      { path },
    );
  const read = (frame: number): Promise<Uint8Array> => readLabels(input, byFrame.get(frame)!);
  const frames = [...byFrame.keys()].sort((a, b) => a - b);
  return { name: resolve(path), frames, names: null, labels: await sequenceLabels(frames, read) };
}

async function readLabels(input: ImportInput, path: string): Promise<Uint8Array> {
  const file = await input.read(path);
  // Before anything is unpacked: a file of some kilobytes may claim gigabytes.
  const size = pngSize(file);
  if (size) checkShape(path, [size.height, size.width], input.video);
  const picture = decodeIndexedPng(file);
  if (!picture)
    throw new FormatError(
      `“${path}” is no indexed PNG, so its objects have no numbers. Nothing was evaluated; save it with a palette.`,
      { path },
    );
  checkShape(path, [picture.height, picture.width], input.video);
  return Uint8Array.from(picture.data);
}

function arrayTruth({ data, shape, frames }: MaskArray, video: Video): TruthMasks {
  const [count, height, width] = shape;
  checkShape('The masks', [height, width], video.facts);
  if (data.length !== count * height * width || frames.length !== count)
    throw new FormatError(
      `The masks have the shape [${shape.join(', ')}], ${data.length} values and ${frames.length} frame numbers, which do not fit each other. Nothing was evaluated.`,
    );
  const places = new Map([...frames].map((frame, index) => [frame, index]));
  for (const frame of frames) video.checkFrame(frame);
  const size = height * width;
  return {
    name: 'masks given as an array',
    frames: [...places.keys()].sort((a, b) => a - b),
    names: null,
    labels: async (frame) => {
      const at = places.get(frame)! * size;
      return data.subarray(at, at + size);
    },
  };
}

function sessionTruth(session: TruthSession, video: Video): TruthMasks {
  checkShape(`“${session.video.name}”`, [session.video.height, session.video.width], video.facts);
  const beyond = session.document.objects.find((one) => one.number >= voidLabel);
  if (beyond)
    throw new FormatError(
      `“${beyond.name}” of that session has the number ${beyond.number}, and only numbers up to ${voidLabel - 1} can be compared. Nothing was evaluated; export it as coco or binary, import that into a new session, and use that one.`,
      { number: beyond.number },
    );
  const called = objectNames(session.document.objects);
  const count = Math.min(session.video.frameCount, video.frameCount);
  return {
    name: `the session of “${session.video.name}”`,
    frames: Array.from({ length: count }, (_, frame) => frame),
    names: new Map(session.document.objects.map(({ id, number }) => [called.get(id)!, number])),
    labels: async (frame) => (await session.labels(frame)).data,
  };
}

function checkShape(
  what: string,
  [height, width]: readonly [number, number],
  video: { readonly width: number; readonly height: number },
): void {
  if (width === video.width && height === video.height) return;
  throw new FormatError(
    `${what}: ${width} × ${height} pixels, and the video has ${video.width} × ${video.height}. Nothing was evaluated; it belongs to another video or was scaled.`,
  );
}
