/**
 * Which frames the timeline shows and how wide they are. `first` is the frame at the left edge (a fraction while
 * scrolling), `pixelsPerFrame` how wide a frame is.
 */
export interface TimelineScale {
  readonly first: number;
  readonly pixelsPerFrame: number;
  readonly width: number;
  readonly frameCount: number;
}

/** Room at both ends, so that marks on the first and last frame are whole. */
const inset = 8;
/** A frame is at most this many pixels wide. */
const widestFrame = 32;
/** Room for a tick's label in pixels. */
const labelRoom = 64;

/** The whole video. */
export function wholeScale(frameCount: number, width: number): TimelineScale {
  const room = Math.max(width - 2 * inset, 0);
  const pixelsPerFrame = Math.min(room / Math.max(frameCount, 1), widestFrame);
  return { first: 0, pixelsPerFrame, width, frameCount };
}

/** Zoomed by a factor with the frame under `x` kept there; never wider than the video needs. */
export function zoomScale(scale: TimelineScale, factor: number, x: number): TimelineScale {
  const narrowest = wholeScale(scale.frameCount, scale.width).pixelsPerFrame;
  const pixelsPerFrame = Math.min(Math.max(scale.pixelsPerFrame * factor, narrowest), widestFrame);
  const frame = scale.first + (x - inset) / scale.pixelsPerFrame;
  return scrolledTo({ ...scale, pixelsPerFrame }, frame - (x - inset) / pixelsPerFrame);
}

/** Scrolled so that `first` is at the left edge, as far as the video goes. */
export function scrolledTo(scale: TimelineScale, first: number): TimelineScale {
  const last = Math.max(0, scale.frameCount - framesShown(scale));
  return { ...scale, first: Math.min(Math.max(first, 0), last) };
}

/** The same frames in another width, or of another video. */
export function fittedScale(scale: TimelineScale, width: number, frameCount: number): TimelineScale {
  const whole = wholeScale(frameCount, width);
  if (scale.frameCount !== frameCount || isWhole(scale)) return whole;
  const pixelsPerFrame = Math.max(scale.pixelsPerFrame, whole.pixelsPerFrame);
  return scrolledTo({ ...scale, width, pixelsPerFrame }, scale.first);
}

/** True when every frame is in sight. */
export function isWhole(scale: TimelineScale): boolean {
  return scale.first === 0 && scale.frameCount <= framesShown(scale) + 0.01;
}

/** Scrolled just so far that the frame is in sight, with a margin; the same scale when it is. */
export function revealed(scale: TimelineScale, frame: number): TimelineScale {
  const shown = framesShown(scale);
  const margin = Math.min(shown * 0.1, 20);
  if (frame < scale.first) return scrolledTo(scale, frame - margin);
  if (frame + 1 > scale.first + shown) return scrolledTo(scale, frame + 1 - shown + margin);
  return scale;
}

/** How many frames there is room for. */
export function framesShown(scale: TimelineScale): number {
  if (scale.pixelsPerFrame === 0) return scale.frameCount;
  return (scale.width - 2 * inset) / scale.pixelsPerFrame;
}

/** The left edge of a frame in pixels. */
export function frameLeft(scale: TimelineScale, frame: number): number {
  return inset + (frame - scale.first) * scale.pixelsPerFrame;
}

/** The middle of a frame in pixels. */
export function frameMiddle(scale: TimelineScale, frame: number): number {
  return inset + (frame + 0.5 - scale.first) * scale.pixelsPerFrame;
}

/** The frame under `x`; the nearest one outside the video. */
export function frameAt(scale: TimelineScale, x: number): number {
  const frame = Math.floor(scale.first + (x - inset) / scale.pixelsPerFrame);
  return Math.min(Math.max(frame, 0), scale.frameCount - 1);
}

/** A mark of the ruler. */
export interface Tick {
  readonly frame: number;
  readonly x: number;
  /** Only some ticks have their number written. */
  readonly labelled: boolean;
}

/** Ticks at round numbers with room for their labels, and shorter ones between. */
export function rulerTicks(scale: TimelineScale): Tick[] {
  const step = roundStep(labelRoom / scale.pixelsPerFrame);
  const small = step >= 10 ? step / 5 : step >= 2 ? step / 2 : 1;
  const minor = Number.isInteger(small) && small * scale.pixelsPerFrame >= 6 ? small : step;
  const end = Math.min(scale.frameCount - 1, scale.first + framesShown(scale));
  const ticks: Tick[] = [];
  for (let frame = Math.ceil(scale.first / minor) * minor; frame <= end; frame += minor)
    ticks.push({ frame, x: frameMiddle(scale, frame), labelled: frame % step === 0 });
  return ticks;
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not less. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? power * 10;
}
