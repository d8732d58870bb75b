import type { Bitmap } from '../../mask';
import { toBfloat16, writeBfloat16 } from './bfloat16';
import { chooseMask } from './mask-choice';
import { downsampleMask, maskLogits, squareMask } from './mask-prompt';
import type { MemoryBank, Remembered } from './memory-bank';
import { pickTokens, placesNearObject } from './near-object';
import { gridOf } from './sam2-config';
import type { Sam2Config, Sam2Settings } from './sam2-config';
import type { DecoderPoint, Features, HostTensors, Sam2Graphs } from './sam2-graphs';
import { fillHoles } from './trace';
import type { Trace } from './trace';

/** SAM 2's own holes are filled up to this many low-resolution pixels (build_sam.py, fill_hole_area). */
const defaultFillHoles = 8;
/** Earlier logits that clicks build on are held to this (sam2_video_predictor.py). */
const priorLimit = 32;

/**
 * What SAM 2 does for one object on one frame: answer prompts, take a mask, track, remember. Follows
 * sam2_base.py and sam2_video_predictor.py of sam2 1.1.0; `docs/parity.md` says how equal the numbers are.
 */
export class ObjectSteps {
  readonly #graphs: Sam2Graphs;
  readonly #host: HostTensors;
  readonly #config: Sam2Config;
  readonly #settings: Sam2Settings;
  readonly #everywhere: Int32Array;

  constructor(graphs: Sam2Graphs, host: HostTensors, config: Sam2Config, settings: Sam2Settings = {}) {
    this.#graphs = graphs;
    this.#host = host;
    this.#config = config;
    this.#settings = settings;
    this.#everywhere = Int32Array.from({ length: config.memoryTokens }, (_, i) => i);
  }

  /**
   * The answer to points. `prior`: the answer that they build on. `within`: the memory of a pass, for a frame
   * that it reached; without it the frame is looked at alone.
   */
  async answer(
    features: Features,
    points: readonly DecoderPoint[],
    prior: Float32Array | null,
    within?: { readonly memory: MemoryBank; readonly frame: number },
  ): Promise<Trace> {
    const seen =
      within && !within.memory.isEmpty ? await this.#recall(features, within) : this.#alone(features);
    const held = prior && prior.map((one) => Math.min(priorLimit, Math.max(-priorLimit, one)));
    return this.#decode(features, seen, points, held);
  }

  /** A mask that the user gave, as if the model had answered with it. */
  async takeMask(features: Features, mask: Bitmap): Promise<Trace> {
    const square = squareMask(mask, this.#config.size);
    const { maskDownsample, maskDownsampleBias, noObjectPointer } = this.#host;
    const prompt = downsampleMask(square, maskDownsample, maskDownsampleBias);
    const there = square.data.some((one) => one > 0);
    const logits = maskLogits(square);
    const answer = await this.#graphs.decode(features, features.coarse, [], prompt);
    const pointer = there ? answer.pointers.slice(0, this.#config.width) : noObjectPointer;
    return { raw: logits, logits, pointer, objectScore: there ? 10 : -10, score: 1 };
  }

  /** The object on a frame that nobody prompted. */
  async track(features: Features, memory: MemoryBank, frame: number): Promise<Trace> {
    return this.#decode(features, await this.#recall(features, { memory, frame }), [], null);
  }

  /** What to remember of a frame. Prompted masks count as in or out, tracked ones as they are. */
  async remember(features: Features, frame: number, trace: Trace, prompted: boolean): Promise<Remembered> {
    const logits = prompted ? trace.logits : trace.raw;
    const tokens = toBfloat16(await this.#graphs.encodeMemory(features, logits, trace.objectScore, prompted));
    const { nearObject } = this.#settings;
    if (nearObject === undefined || !this.#config.spatialTokens)
      return { frame, tokens, places: this.#everywhere, pointer: trace.pointer };
    const places = placesNearObject(trace.logits, gridOf(this.#config), nearObject);
    return {
      frame,
      tokens: pickTokens(tokens, places, this.#config.memoryWidth),
      places,
      pointer: trace.pointer,
    };
  }

  async #decode(
    features: Features,
    conditioned: Float32Array,
    points: readonly DecoderPoint[],
    prior: Float32Array | null,
  ): Promise<Trace> {
    const answer = await this.#graphs.decode(features, conditioned, points, prior);
    const { mask, pointer } = chooseMask(answer, points.length);
    const length = answer.masks.length / 4;
    const raw = answer.masks.slice(mask * length, (mask + 1) * length);
    const { width } = this.#config;
    return {
      raw,
      logits: fillHoles(raw, Math.sqrt(length), this.#settings.fillHoles ?? defaultFillHoles),
      pointer: answer.pointers.slice(pointer * width, (pointer + 1) * width),
      objectScore: answer.objectScore,
      score: answer.ious[mask]!,
    };
  }

  /** Where nothing is remembered a learned vector stands for memory. */
  #alone({ coarse }: Features): Float32Array {
    const cells = coarse.length / this.#config.width;
    const sum = new Float32Array(coarse.length);
    for (let i = 0; i < sum.length; i++) sum[i] = coarse[i]! + this.#host.noMemory[Math.floor(i / cells)]!;
    return sum;
  }

  async #recall(
    features: Features,
    { memory, frame }: { readonly memory: MemoryBank; readonly frame: number },
  ): Promise<Float32Array> {
    const { memories, pointers } = memory.recall(frame);
    const { width, memoryWidth } = this.#config;
    const count = memories.reduce((sum, one) => sum + one.of.places.length, 0);
    const tokens = new Float32Array(count * memoryWidth);
    const places = new Int32Array(count);
    const rows = new Int32Array(count);
    let at = 0;
    for (const { of, row } of memories) {
      writeBfloat16(of.tokens, tokens, at * memoryWidth);
      places.set(of.places, at);
      rows.fill(row, at, at + of.places.length);
      at += of.places.length;
    }
    const stacked = new Float32Array(pointers.length * width);
    pointers.forEach((one, i) => stacked.set(one.pointer, i * width));
    const ago = Float32Array.from(pointers, (one) => one.ago);
    return this.#graphs.attend(features, { tokens, places, rows }, stacked, ago);
  }
}
