/** What playing needs of the canvas. */
export interface PlaybackPort {
  frame(): number;
  frameCount(): number;
  /** Frames per second at normal speed. */
  rate(): number;
  /** True when the frame can be shown at once. */
  isReady(frame: number): boolean;
  show(frame: number): void;
  changed(): void;
}

/** As fast as frames come is no faster than a screen shows them, in milliseconds. */
const screenInterval = 1000 / 60;

/** Plays frame by frame at the video's rate, or as fast as pictures come; no frame is left out. */
export class Playback {
  readonly #port: PlaybackPort;
  #way: 1 | -1 = 1;
  #speed = 1;
  #due = 0;
  #playing = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(port: PlaybackPort) {
    this.#port = port;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get way(): 1 | -1 {
    return this.#way;
  }

  /** Times the video's rate; Infinity: as fast as frames come. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    this.#port.changed();
  }

  /** Starts, or stops when it plays that way already. From the last frame it starts over. */
  toggle(way: 1 | -1): void {
    if (this.#playing && way === this.#way) return this.stop();
    const last = this.#port.frameCount() - 1;
    if (last < 1) return;
    this.#way = way;
    if (way === 1 && this.#port.frame() >= last) this.#port.show(0);
    if (way === -1 && this.#port.frame() <= 0) this.#port.show(last);
    this.#playing = true;
    this.#due = performance.now() + this.#interval();
    this.#wait();
    this.#port.changed();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#playing) return;
    this.#playing = false;
    this.#port.changed();
  }

  /** The frames to have at hand: those that follow while it plays, the neighbours while it stands. */
  ahead(count: number): number[] {
    const frame = this.#port.frame();
    const steps = this.#playing
      ? Array.from({ length: count }, (_, index) => this.#way * (index + 1))
      : [1, -1];
    return steps.map((step) => frame + step).filter((one) => one >= 0 && one < this.#port.frameCount());
  }

  /** Something has come that a late frame may have waited for. */
  pulse(): void {
    if (this.#playing && this.#timer === null) this.#advance();
  }

  #interval(): number {
    if (this.#speed === Infinity) return screenInterval;
    return 1000 / (this.#port.rate() * this.#speed);
  }

  #wait(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#advance();
      },
      Math.max(0, this.#due - performance.now()),
    );
  }

  #advance(): void {
    const now = performance.now();
    if (now < this.#due - 1) return this.#wait();
    const next = this.#port.frame() + this.#way;
    if (next < 0 || next >= this.#port.frameCount()) return this.stop();
    if (!this.#port.isReady(next)) return;
    // A frame that is much too late is not made up for by hurrying through the next ones.
    const late = now - this.#due > this.#interval();
    this.#due = (late ? now : this.#due) + this.#interval();
    this.#port.show(next);
    if (next + this.#way < 0 || next + this.#way >= this.#port.frameCount()) return this.stop();
    this.#wait();
  }
}
