import type { Bitmap } from '../../mask';
import type {
  Embedding,
  FramePrompts,
  Lookable,
  ModelInfo,
  PassFacts,
  SeenMask,
  Segmentation,
  TrackingModel,
} from '../tracking';
import { RefinedAnswers } from '../tracking';
import type { Frame } from '../video';
import { maskLogits, squareMask } from './mask-prompt';
import { MemoryBank } from './memory-bank';
import { ObjectSteps } from './object-steps';
import { preprocess } from './preprocess';
import { Preprocessor } from './preprocessor';
import { gridOf } from './sam2-config';
import type { Sam2Config, Sam2Settings } from './sam2-config';
import { Sam2Graphs } from './sam2-graphs';
import type { DecoderPoint, Features, HostTensors, Sam2GraphSet } from './sam2-graphs';
import { traceMask } from './trace';
import type { Trace } from './trace';

/** Encoder output of one frame. */
export interface Sam2Embedding extends Embedding {
  readonly features: Features;
  /** The picture's own size. */
  readonly width: number;
  readonly height: number;
}

/** What a {@link Sam2Model} is made of. */
export interface Sam2Parts {
  readonly graphs: Sam2GraphSet;
  readonly host: HostTensors;
  readonly config: Sam2Config;
  readonly settings?: Sam2Settings;
  /** Which weights, as {@link ModelInfo.weights}. */
  readonly weights: string;
  /** The execution provider in words. */
  readonly provider: string;
  /** What the user should know of how it runs. */
  readonly notes: readonly string[];
}

/** SAM 2.1 and EdgeTAM: models that remember an object along a video. */
export class Sam2Model implements TrackingModel<Sam2Embedding, MemoryBank> {
  readonly info: ModelInfo;
  readonly looksAhead = true;
  /** Six recent frames (SAM 2's `num_maskmem` less the prompted one), and one for a frame that is passed over. */
  readonly recall = 7;
  readonly #graphs: Sam2Graphs;
  readonly #steps: ObjectSteps;
  readonly #config: Sam2Config;
  readonly #settings: Sam2Settings;
  readonly #preprocessor: Preprocessor;
  readonly #answers = new RefinedAnswers<Sam2Embedding, Trace>();

  constructor(parts: Sam2Parts) {
    const { graphs, host, config, settings = {}, provider, notes } = parts;
    this.#graphs = new Sam2Graphs(graphs, config);
    this.#steps = new ObjectSteps(this.#graphs, host, config, settings);
    this.#config = config;
    this.#preprocessor = new Preprocessor(config.size);
    this.#settings = settings;
    const { name, title, licence } = config;
    this.info = { name, title, family: 'sam2', licence, weights: parts.weights, provider, notes };
  }

  prepare(frame: Frame): Promise<Float32Array> {
    return this.#preprocessor.run(frame);
  }

  async encode(frame: Frame, prepared?: object): Promise<Sam2Embedding> {
    const image = prepared instanceof Float32Array ? prepared : preprocess(frame, this.#config.size);
    const features = await this.#graphs.encode(image);
    return embeddingOf(frame.index, features, frame.width, frame.height);
  }

  freeze({ features, width, height }: Sam2Embedding): Uint8Array[] {
    const head = new Uint8Array(Uint32Array.of(width, height).buffer);
    const maps = [features.fine, features.middle, features.coarse];
    return [head, ...maps.map((one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength))];
  }

  thaw(frameIndex: number, bytes: Uint8Array): Sam2Embedding {
    const whole = bytes.slice();
    const [width, height] = new Uint32Array(whole.buffer, 0, 2);
    const cells = gridOf(this.#config) ** 2;
    const channels = this.#config.width;
    let at = 8;
    const take = (count: number): Float32Array => {
      at += count * 4;
      return new Float32Array(whole.buffer, at - count * 4, count);
    };
    const features = {
      fine: take(2 * channels * cells),
      middle: take(channels * cells),
      coarse: take(channels * cells),
    };
    return embeddingOf(frameIndex, features, width!, height!);
  }

  async segment(
    frame: Lookable<Sam2Embedding>,
    prompts: FramePrompts,
    base: Bitmap | null,
  ): Promise<Segmentation> {
    const { points, box, mask } = prompts;
    // What the user drew stands as it was drawn.
    if (mask && points.length === 0 && !box) return { mask, score: 1 };
    const embedding = await frame.look(null);
    const trace = await this.#answer(embedding, prompts, base);
    return { mask: traceMask(trace, embedding.width, embedding.height), score: trace.score, trace };
  }

  createMemory(pass: PassFacts): MemoryBank {
    return new MemoryBank(pass, this.#settings);
  }

  async remember(memory: MemoryBank, embedding: Sam2Embedding, seen: SeenMask): Promise<void> {
    const known = seen.trace as Trace | undefined;
    const trace = known ?? (await this.#traceOf(embedding, seen));
    // A mask without a trace was given, not tracked: it counts as in or out.
    const given = seen.prompted || !known;
    const { features, frameIndex } = embedding;
    memory.add(await this.#steps.remember(features, frameIndex, trace, given), seen.prompted);
  }

  async track(memory: MemoryBank, embedding: Sam2Embedding): Promise<Segmentation> {
    const { width, height } = embedding;
    if (memory.isEmpty) {
      return { mask: { width, height, data: new Uint8Array(width * height) }, score: 0 };
    }
    const trace = await this.#steps.track(embedding.features, memory, embedding.frameIndex);
    return { mask: traceMask(trace, width, height), score: trace.score, trace };
  }

  async dispose(): Promise<void> {
    await this.#preprocessor.dispose();
    await this.#graphs.release();
  }

  #answer(embedding: Sam2Embedding, prompts: FramePrompts, base: Bitmap | null): Promise<Trace> {
    const ground = prompts.mask ?? base;
    const look = (): Promise<Sam2Embedding> => Promise.resolve(embedding);
    return this.#answers.answer(prompts, base, look, (_, step, before) => {
      const prior = before?.logits ?? (ground && maskLogits(squareMask(ground, this.#config.size)));
      return this.#steps.answer(embedding.features, this.#points(embedding, step), prior);
    });
  }

  /** The answer that a mask was, had again; the mask itself where it is not the model's answer (or no longer). */
  async #traceOf(embedding: Sam2Embedding, { mask, prompts, base }: SeenMask): Promise<Trace> {
    if (prompts && (prompts.points.length > 0 || prompts.box)) {
      const trace = await this.#answer(embedding, prompts, base ?? null);
      if (same(traceMask(trace, embedding.width, embedding.height), mask)) return trace;
    }
    return this.#steps.takeMask(embedding.features, mask);
  }

  /** Clicks and box in model pixels; a box is its two corners, first (sam2_video_predictor.py). */
  #points({ width, height }: Sam2Embedding, { points, box }: FramePrompts): DecoderPoint[] {
    const { size } = this.#config;
    const at = (x: number, y: number, label: number): DecoderPoint => ({
      x: (x * size) / width,
      y: (y * size) / height,
      label,
    });
    return [
      ...(box ? [at(box.x0, box.y0, 2), at(box.x1, box.y1, 3)] : []),
      ...points.map(({ x, y, positive }) => at(x, y, positive ? 1 : 0)),
    ];
  }
}

function embeddingOf(frameIndex: number, features: Features, width: number, height: number): Sam2Embedding {
  const { fine, middle, coarse } = features;
  const bytes = fine.byteLength + middle.byteLength + coarse.byteLength;
  return { frameIndex, bytes, features, width, height };
}

function same(one: Bitmap, other: Bitmap): boolean {
  return one.data.every((value, i) => value === other.data[i]);
}
