import { MemoryBank } from '../../src/engine/sam2/memory-bank';
import { ObjectSteps } from '../../src/engine/sam2/object-steps';
import { preprocess } from '../../src/engine/sam2/preprocess';
import { Sam2Graphs } from '../../src/engine/sam2/sam2-graphs';
import type { DecoderPoint, Features } from '../../src/engine/sam2/sam2-graphs';
import { traceMask } from '../../src/engine/sam2/trace';
import type { Trace } from '../../src/engine/sam2/trace';
import { clipFrame, clipMask, clipSize, goldenMask, samplePlaces } from './sam2-nano';
import type { GoldenResult, GoldenStep, LoadedNano } from './sam2-nano';

interface PlayedObject {
  prompted: Map<number, Trace>;
  points: Map<number, DecoderPoint[]>;
  tracked: Map<number, Trace>;
}

/** Plays a fixture's steps through the host loop, in the order in which Meta's predictor was asked. */
export class GoldenPlayer {
  readonly #steps: ObjectSteps;
  readonly #size: number;
  readonly #graphs: Sam2Graphs;
  readonly #features = new Map<number, Features>();
  readonly #objects = new Map<number, PlayedObject>();
  readonly results: { object: number; frame: number; trace: Trace }[] = [];

  constructor(nano: Pick<LoadedNano, 'graphs' | 'host' | 'config'>) {
    this.#graphs = new Sam2Graphs(nano.graphs, nano.config);
    this.#size = nano.config.size;
    // On a CPU Meta's predictor fills no holes, and it looks at all prompted frames.
    const settings = { fillHoles: 0, promptedFrames: Infinity };
    this.#steps = new ObjectSteps(this.#graphs, nano.host, nano.config, settings);
  }

  async play(step: GoldenStep): Promise<void> {
    if (step[0] === 'track') return this.#track(step[1], step[2], step[3]);
    const [kind, object, frame] = step;
    const state = this.#object(object);
    const trace =
      step[0] === 'mask'
        ? await this.#steps.takeMask(await this.#encode(frame), {
            ...clipSize,
            data: clipMask(step[3], frame),
          })
        : await this.#answer(state, frame, step);
    state.prompted.set(frame, trace);
    this.results.push({ object, frame, trace });
    void kind;
  }

  async #answer(
    state: PlayedObject,
    frame: number,
    step: Exclude<GoldenStep, readonly ['track' | 'mask', ...unknown[]]>,
  ): Promise<Trace> {
    const corners =
      step[0] === 'box'
        ? [this.#point(step[3][0], step[3][1], 2), this.#point(step[3][2], step[3][3], 3)]
        : [];
    const clicks = (step[0] === 'box' ? step[4] : step[3]).map(([x, y, kind]) => this.#point(x, y, kind));
    const before = step[0] === 'more' ? (state.points.get(frame) ?? []) : [];
    const points = [...before, ...corners, ...clicks];
    state.points.set(frame, points);
    const prior = state.prompted.get(frame) ?? state.tracked.get(frame);
    const within = state.tracked.has(frame) ? await this.#memoryBefore(state, frame) : undefined;
    return this.#steps.answer(await this.#encode(frame), points, prior?.logits ?? null, within);
  }

  /** The memory that a pass had when it reached a frame that is now corrected. */
  async #memoryBefore(
    state: PlayedObject,
    frame: number,
  ): Promise<{ memory: MemoryBank; frame: number } | undefined> {
    const memory = await this.#seeded(state, false, frame);
    for (const [at, trace] of state.tracked)
      if (at < frame && !state.prompted.has(at))
        memory.add(await this.#steps.remember(await this.#encode(at), at, trace, false), false);
    return memory.isEmpty ? undefined : { memory, frame };
  }

  async #seeded(state: PlayedObject, reverse: boolean, except = -1): Promise<MemoryBank> {
    const memory = new MemoryBank({ frameCount: clipSize.frames, reverse }, { promptedFrames: Infinity });
    for (const [at, trace] of state.prompted)
      if (at !== except)
        memory.add(await this.#steps.remember(await this.#encode(at), at, trace, true), true);
    return memory;
  }

  async #track(start: number, count: number, reverse: boolean): Promise<void> {
    const memories = new Map<number, MemoryBank>();
    for (const [id, state] of this.#objects) {
      const memory = await this.#seeded(state, reverse);
      for (const [at, trace] of state.tracked)
        if (at < start)
          memory.add(await this.#steps.remember(await this.#encode(at), at, trace, false), false);
      memories.set(id, memory);
    }
    for (let i = 0; i <= count; i++) {
      const frame = reverse ? start - i : start + i;
      const features = await this.#encode(frame);
      for (const [object, state] of this.#objects) {
        const memory = memories.get(object)!;
        let trace = state.prompted.get(frame);
        if (!trace) {
          trace = await this.#steps.track(features, memory, frame);
          memory.add(await this.#steps.remember(features, frame, trace, false), false);
        }
        state.tracked.set(frame, trace);
        this.results.push({ object, frame, trace });
      }
    }
  }

  #point(x: number, y: number, label: number): DecoderPoint {
    return { x: (x * this.#size) / clipSize.width, y: (y * this.#size) / clipSize.height, label };
  }

  #object(id: number): PlayedObject {
    const state = this.#objects.get(id) ?? { prompted: new Map(), points: new Map(), tracked: new Map() };
    this.#objects.set(id, state);
    return state;
  }

  async #encode(frame: number): Promise<Features> {
    let features = this.#features.get(frame);
    if (!features) {
      features = await this.#graphs.encode(preprocess(clipFrame(frame), this.#size));
      this.#features.set(frame, features);
    }
    return features;
  }
}

/** Differences between an answer and the reference's. */
export function compareWithGolden(
  trace: Trace,
  golden: GoldenResult,
): { logits: number; pointer: number; pixels: number } {
  const places = samplePlaces(trace.logits.length);
  const logits = places.map((at, i) => Math.abs(trace.logits[at]! - golden.logits[i]!));
  const pointer = golden.pointer.map((one, i) => Math.abs(trace.pointer[i]! - one));
  const mask = traceMask(trace, clipSize.width, clipSize.height).data;
  const wanted = goldenMask(golden);
  let pixels = 0;
  mask.forEach((one, i) => (pixels += one === wanted[i] ? 0 : 1));
  return {
    logits: Math.max(...logits) / golden.largest,
    pointer: Math.max(...pointer) / Math.max(...golden.pointer.map(Math.abs)),
    pixels,
  };
}
