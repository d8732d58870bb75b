import type { ClassRecord, ObjectRecord, VideoFacts } from '../annotation';
import type { RunLength } from '../mask';

/** What is exported: masks are read one by one, so that a long video is never held. */
export interface ExportInput {
  readonly video: VideoFacts;
  readonly classes: readonly ClassRecord[];
  /** In the order of the list: the first wins where two claim a pixel. */
  readonly objects: readonly ObjectRecord[];
  /** The frames to export, in order. */
  readonly frames: readonly number[];
  /** The name of a frame's file, without extension. */
  frameName(frame: number): string;
  /** An object's mask on a frame, or null where none was computed. */
  mask(objectId: string, frame: number): Promise<RunLength | null>;
}

/** One file of an export: its path below the chosen folder, with forward slashes, and its bytes in pieces. */
export interface ExportedFile {
  readonly path: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A format that masks can be written in. */
export interface Format {
  /** The name on the command line and in cells: `davis`. */
  readonly name: string;
  /** The name in a menu. */
  readonly title: string;
  write(input: ExportInput): AsyncIterable<ExportedFile>;
}
