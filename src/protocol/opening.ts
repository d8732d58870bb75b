/** A place as a canvas names it: typed as the kernel sees it, or chosen in JupyterLab's file browser. */
export type PlaceRequest =
  | { readonly typed: string }
  /** Both as JupyterLab's server names them, from its root with `/`; `notebook` is null where the page has none. */
  | { readonly chosen: string; readonly notebook: string | null };

/** A session that was open before. */
export interface RecentView {
  /** Absolute. */
  readonly path: string;
  /** The folder's name, without `.masklet`; a draft's is its video's. */
  readonly name: string;
  readonly video: string;
  /** Null where it cannot be read. */
  readonly objects: number | null;
  /** Frames with a mask, and frames of the video; null where it cannot be read. */
  readonly frames: readonly [masked: number, total: number] | null;
  /** When it was open or written to last, ISO 8601. */
  readonly used: string;
  readonly draft: boolean;
  /** `open`: in this kernel, now. */
  readonly state: 'here' | 'open' | 'missing' | 'damaged';
}

/** A clip that comes along, to try things with. */
export interface SampleView {
  /** `sample:big-buck-bunny`. */
  readonly place: string;
  readonly title: string;
}

/** What there is to open. */
export interface OfferedView {
  /** The folder that typed paths begin in, absolute. */
  readonly folder: string;
  /** The latest first. */
  readonly recent: readonly RecentView[];
  readonly samples: readonly SampleView[];
}

/** What a canvas shows while no session is on it. */
export interface OpeningView {
  /** What became of the session that was here, in a sentence; null where there was none. */
  readonly left: string | null;
}

/** Why a session could not be opened with its video; in the fields of the error that a canvas is answered with. */
export interface VideoTrouble {
  readonly code: 'video-missing' | 'other-video';
  /** The session's folder, absolute. */
  readonly session: string;
  /** What is in the session, in words. */
  readonly kept: string;
  /** The video that the session was made of, in words. */
  readonly saved: string;
  /** The video that was found instead, in words. */
  readonly given?: string;
}
