import type { WireError } from '../../errors';
import type { RunLength } from '../../mask';
import type { Direction, PointPrompt, BoxPrompt } from '../tracking';
import type { ModelSettings } from '../models';
import type { Frame, OpenOptions, VideoInfo } from '../video';

/**
 * Names a video in every request, so that an engine that was killed and started again opens it by itself:
 * nothing lies in the engine that the request does not name.
 */
export type VideoRef =
  | { readonly kind: 'path'; readonly path: string; readonly options: OpenOptions }
  /** Frames given as arrays stay with the client; the engine asks for them one by one. */
  | { readonly kind: 'arrays'; readonly key: string; readonly info: VideoInfo };

/** Which model computes, and with how many threads. */
export interface ModelRef {
  readonly name: string;
  readonly threads: number;
  /** An execution provider, or `auto`. */
  readonly provider?: string;
  /** What trades quality for speed. */
  readonly settings?: ModelSettings;
}

/** What opening a video tells: everything that can be known of its frames without decoding. */
export interface OpenedVideo {
  readonly info: VideoInfo;
  /** float64[frameCount]: seconds from the first frame; null where the source has no time. */
  readonly times: Float64Array | null;
  /** int32[frameCount]: each frame's number in the file itself. */
  readonly sourceIndexes: Int32Array;
  /** The name of each frame where frames have names of their own (image folders); else null. */
  readonly names: readonly string[] | null;
}

/** Prompts of one object on one frame, as they cross. */
export interface WirePrompts {
  readonly points: readonly PointPrompt[];
  readonly box: BoxPrompt | null;
  readonly mask: RunLength | null;
}

/** A mask that a run starts from, as it crosses. */
export interface WireSeed {
  readonly frame: number;
  readonly mask: RunLength;
  readonly prompted: boolean;
  /** What the mask answers, and the mask that was there before: before the first prompt, or before a correction. */
  readonly prompts?: WirePrompts;
  readonly base?: RunLength;
  /** Of a corrected frame that is carried: what the masks beside it know of it. */
  readonly known?: RunLength;
}

/** One object of a run, as it crosses. */
export interface WireObject {
  readonly id: string;
  readonly seeds: readonly WireSeed[];
  /** The frame that it is computed from on; its first seed in the run's direction where nothing is said. */
  readonly start?: number;
  /** Frames on which it is known to be absent, ends inclusive: it is not looked for there. */
  readonly absent?: readonly (readonly [first: number, last: number])[];
  /** The frame whose correction is carried on, and what is stored of those that it is carried to. */
  readonly correction?: {
    readonly frame: number;
    readonly stored: readonly { readonly frame: number; readonly mask: RunLength }[];
  };
  /** True for one that is only followed along, where objects compete; no masks of it cross back. */
  readonly rival?: boolean;
}

/** A run, as it crosses; the range's ends are inclusive. */
export interface WireRun {
  readonly video: VideoRef;
  readonly model: ModelRef;
  readonly direction: Direction;
  readonly first: number;
  readonly last: number;
  readonly objects: readonly WireObject[];
  readonly blockSize?: number;
  /** Compute every stride-th frame only. */
  readonly stride?: number;
}

/** One frame's masks, as they cross back. */
export interface WireStep {
  readonly frame: number;
  readonly block: number;
  readonly masks: readonly {
    readonly objectId: string;
    readonly mask: RunLength;
    readonly area: number;
    readonly score: number;
    readonly interpolated: boolean;
    readonly ended: boolean;
  }[];
  /** Objects that are followed anew from this frame on, and what the run would have found of those that the user says are something else. */
  readonly anew: readonly { readonly objectId: string; readonly found: RunLength | null }[];
  readonly seconds: { readonly encode: number; readonly track: number };
}

/** A picture for the eye. */
export interface WirePicture {
  readonly type: string;
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What the engine process holds and costs. */
export interface EngineStatus {
  /** Bytes of memory: now, and the highest since it started. */
  readonly rss: number;
  readonly peakRss: number;
  /** Seconds of processor time since it started. */
  readonly cpuSeconds: number;
  /** Bytes that embeddings take in memory, those that they may take, and those on the disk. */
  readonly cacheBytes: number;
  readonly cacheLimit: number;
  readonly shelfBytes: number;
  readonly model: string | null;
  readonly provider: string | null;
}

/** Everything the engine answers once: request and answer by name. */
export interface EngineCalls {
  readonly open: { readonly request: { readonly video: VideoRef }; readonly answer: OpenedVideo };
  /** The first picture of a file, folder or sample, before anything else is known of it. */
  readonly glimpse: {
    readonly request: { readonly path: string; readonly maxWidth: number };
    readonly answer: WirePicture;
  };
  readonly picture: {
    readonly request: { readonly video: VideoRef; readonly frame: number; readonly maxWidth: number };
    readonly answer: WirePicture;
  };
  readonly frame: {
    readonly request: { readonly video: VideoRef; readonly frame: number };
    readonly answer: Frame;
  };
  readonly load: {
    readonly request: { readonly model: ModelRef };
    readonly answer: {
      readonly title: string;
      /** Which weights: the first 16 hexadecimal digits of their SHA-256. */
      readonly weights: string;
      readonly provider: string;
      /** Providers that this build of onnxruntime has. */
      readonly providers: readonly string[];
      /** What the user should know of how it runs. */
      readonly notes: readonly string[];
    };
  };
  readonly segment: {
    readonly request: {
      readonly video: VideoRef;
      readonly model: ModelRef;
      readonly frame: number;
      readonly prompts: WirePrompts;
      /** The mask that was there before the first of the prompts. */
      readonly base: RunLength | null;
    };
    readonly answer: {
      readonly mask: RunLength;
      readonly area: number;
      readonly score: number;
      /** Bytes of an embedding of the frame, or of a closeup of it. */
      readonly embeddingBytes: number;
      readonly seconds: { readonly encode: number; readonly segment: number };
    };
  };
  /** Looks at a frame as the first prompt on a mask there, or on none, will need it, where the model does so quickly. */
  readonly look: {
    readonly request: {
      readonly video: VideoRef;
      readonly model: ModelRef;
      readonly frame: number;
      readonly mask: RunLength | null;
    };
    readonly answer: null;
  };
  /** Times one tracked frame next to a seed, for forecasts. */
  readonly measure: {
    readonly request: { readonly video: VideoRef; readonly model: ModelRef; readonly seed: WireSeed };
    readonly answer: { readonly encode: number; readonly track: number };
  };
  readonly status: { readonly request: Record<string, never>; readonly answer: EngineStatus };
  /** Other bytes for the caches from now on; what is over them is let go. */
  readonly budget: { readonly request: { readonly bytes: number }; readonly answer: null };
  /** Closes a video and lets go of what was kept of it. */
  readonly close: { readonly request: { readonly video: VideoRef }; readonly answer: null };
}

export type CallName = keyof EngineCalls;
export type CallRequest<K extends CallName> = EngineCalls[K]['request'];
export type CallAnswer<K extends CallName> = EngineCalls[K]['answer'];

/** Client → engine. */
export type ToEngine =
  | { readonly type: 'call'; readonly id: number; readonly name: CallName; readonly request: unknown }
  | { readonly type: 'run'; readonly id: number; readonly run: WireRun }
  | { readonly type: 'cancel'; readonly id: number }
  | {
      readonly type: 'array-frame';
      readonly id: number;
      readonly frame: Frame | null;
      readonly error?: WireError;
    };

/** Engine → client. */
export type FromEngine =
  | { readonly type: 'ready'; readonly pid: number }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'step'; readonly id: number; readonly step: WireStep }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError }
  | { readonly type: 'need-array-frame'; readonly id: number; readonly key: string; readonly index: number };

/** The same video asked for twice has the same key. */
export function videoKey(video: VideoRef): string {
  return video.kind === 'arrays' ? `arrays:${video.key}` : JSON.stringify([video.path, video.options]);
}
