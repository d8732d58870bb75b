import type { AlarmView } from '../../protocol';
import { alarmKey } from '../../review';
import type { KernelLink } from '../link';

/** How large an object's masks are, frame by frame. */
export interface AreaCurve {
  /** The frame of the first number. */
  readonly first: number;
  /** Pixels; 0 where there is no mask. */
  readonly areas: readonly number[];
}

/** What the curve needs of the canvas. */
export interface CurvePort {
  readonly link: Pick<KernelLink, 'state' | 'request'>;
  changed(): void;
}

/** Frames shown on either side of an alarm, and frames of a long alarm that are shown. */
const [margin, longest] = [30, 180];

/** Asks for the curve of the open alarm: once for each, and again when its masks have changed. */
export class AlarmCurve {
  readonly #port: CurvePort;
  #asked: string | null = null;
  #curve: AreaCurve | null = null;

  constructor(port: CurvePort) {
    this.#port = port;
  }

  /** The curve around an alarm; null until it is known, and where there is none. */
  around(alarm: AlarmView | null): AreaCurve | null {
    const wanted = alarm && `${alarmKey(alarm)} ${alarm.of}`;
    if (wanted !== this.#asked) {
      this.#asked = wanted;
      this.#curve = null;
      if (alarm && wanted !== null) void this.#ask(alarm, wanted);
    }
    return this.#curve;
  }

  async #ask({ objectId, first, last }: AlarmView, wanted: string): Promise<void> {
    const end = this.#port.link.state().video.frameCount - 1;
    const from = Math.max(0, first - margin);
    const to = Math.min(end, Math.min(last, first + longest) + margin);
    try {
      const { value } = await this.#port.link.request({ kind: 'areas', objectId, range: [from, to] });
      if (this.#asked !== wanted) return;
      this.#curve = { first: from, areas: value.areas };
      this.#port.changed();
    } catch {
      // The object may be gone by now; the alarm then goes too. Its sentence says the same in figures.
    }
  }
}
