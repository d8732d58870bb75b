import type { AnnotationDocument, ClassRecord, ObjectRecord, VideoFacts } from '../annotation';
import type { RunLength } from '../mask';

/** One picture of the video: uint8[height, width, 3], red, green, blue, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What a length in the picture is in the world: `perPixel` units of `unit` for each pixel. */
export interface Scale {
  readonly perPixel: number;
  /** As in column names: `mm`. */
  readonly unit: string;
}

/** What is exported: masks and pictures are read one by one, so that a long video is never held. */
export interface ExportInput {
  readonly video: VideoFacts;
  readonly classes: readonly ClassRecord[];
  /** In the order of the list: the first wins where two claim a pixel. */
  readonly objects: readonly ObjectRecord[];
  /** The frames to export, in order. */
  readonly frames: readonly number[];
  /** Prompts, features, and where each mask comes from. */
  readonly document: AnnotationDocument;
  /** Frames per second; null where the source has no time. */
  readonly frameRate: number | null;
  /** Null until the user has given one. */
  readonly scale: Scale | null;
  /** The name of a frame's file, without extension. */
  frameName(frame: number): string;
  /** Seconds from the first frame; null where the source has no time. */
  timeOf(frame: number): number | null;
  /** An object's mask on a frame, or null where none was computed. */
  mask(objectId: string, frame: number): Promise<RunLength | null>;
  /** A frame of the video as it is. */
  picture(frame: number): Promise<Picture>;
  /** An mp4 (H.264) of pictures of one size, in pieces. */
  encodeVideo(pictures: AsyncIterable<Picture>, frameRate: number): AsyncIterable<Uint8Array>;
}

/** One file of an export: its path below the chosen folder, with forward slashes, and its bytes in pieces. */
export interface ExportedFile {
  readonly path: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Files that masks are read from; one is in memory at a time. */
export interface ImportInput {
  readonly video: VideoFacts;
  /** Paths below the chosen folder, with forward slashes, sorted. */
  readonly paths: readonly string[];
  /** The frame of a file's name without extension, or null when the video has none of that name. */
  frameOf(name: string): number | null;
  /** A file's bytes. Rejects with a FormatError for one that is too large to be what it says. */
  read(path: string): Promise<Uint8Array>;
}

/** One object's mask on one frame, as a file has it. */
export interface ImportedMask {
  /** What tells objects of one import apart. */
  readonly key: string;
  readonly name: string;
  readonly className: string | null;
  readonly frame: number;
  readonly mask: RunLength;
}

/** A format that masks can be written in, and read from where it holds them. */
export interface Format {
  /** The name on the command line and in cells: `davis`. */
  readonly name: string;
  /** The name in a menu. */
  readonly title: string;
  /** What becomes of masks, names, classes and features in it, and what is lost: a sentence or two for a menu. */
  readonly keeps: string;
  /** How often a writer reads each mask; once where nothing is said. */
  readonly passes?: number;
  write(input: ExportInput): AsyncIterable<ExportedFile>;
  /** Throws a FormatError, in a sentence, for files that are not of this format. */
  readonly read?: (input: ImportInput) => AsyncIterable<ImportedMask>;
}
