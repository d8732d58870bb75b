import { decodeRunLength, bitmapArea, encodeRunLength } from '../../mask';
import type { Bitmap, RunLength } from '../../mask';
import { MemoryBudget } from '../blocks';
import { loadModel, parseProvider, providersToTry } from '../models';
import { EmbeddingCache, embeddingOf, EmbeddingShelf, propagate } from '../tracking';
import type {
  Closeup,
  Embedding,
  FramePrompts,
  Lookable,
  Seed,
  TrackedObject,
  TrackingModel,
} from '../tracking';
import { encodePicture, firstPicture, FramesOnDemand, loadEncoder, openSource } from '../video';
import type { EncodedPicture, Frame, FrameSource } from '../video';
import { peakMemory } from './peak-memory';
import { videoKey } from './wire';
import type {
  CallAnswer,
  CallName,
  CallRequest,
  ModelRef,
  OpenedVideo,
  VideoRef,
  WireObject,
  WirePrompts,
  WireRun,
  WireSeed,
  WireStep,
} from './wire';

/** Asks the client for one frame of a video that is given as arrays. */
export type FetchArrayFrame = (key: string, index: number) => Promise<Frame>;

/** Bytes that embeddings may take where nothing else is said. */
export const defaultCacheBytes: number = 512 * 1024 * 1024;
/** Bytes of disk that embeddings may take which memory has no room for. */
export const defaultShelfBytes: number = 4 * 1024 * 1024 * 1024;

/** Bytes of pictures and masks that may lie about before garbage is collected, some ten milliseconds each time. */
const tidyAfter = 8 * 1024 * 1024;

type Handlers = { [K in CallName]: (request: CallRequest<K>) => Promise<CallAnswer<K>> };

/**
 * The engine's work, without the process around it: opens videos, keeps one model, answers calls and runs.
 * Holds caches only; everything here can be computed again from the next request.
 */
export class EngineServer {
  readonly #budget: MemoryBudget;
  readonly #shelf: EmbeddingShelf;
  readonly #sources = new Map<string, Promise<FrameSource>>();
  readonly #embeddings = new Map<string, EmbeddingCache>();
  readonly #fetchArrayFrame: FetchArrayFrame;
  #model: { readonly key: string; readonly loaded: Promise<TrackingModel> } | null = null;
  readonly #handlers: Handlers;
  /** The first picture that was asked for last. */
  #glimpse: Promise<unknown> = Promise.resolve();
  #untidy = 0;

  constructor(
    fetchArrayFrame: FetchArrayFrame,
    cacheBytes: number = defaultCacheBytes,
    shelfBytes: number = defaultShelfBytes,
  ) {
    this.#budget = new MemoryBudget(cacheBytes);
    this.#shelf = new EmbeddingShelf(shelfBytes);
    this.#fetchArrayFrame = fetchArrayFrame;
    this.#handlers = {
      open: async ({ video }) => {
        // Reading what frames there are takes all the disk gives; a first picture that is awaited goes before.
        await this.#glimpse;
        return describe(await this.#source(video));
      },
      glimpse: ({ path, maxWidth }) => {
        const picture = glimpse(path, maxWidth);
        this.#glimpse = picture.catch(() => null);
        return picture;
      },
      picture: async ({ video, frame, maxWidth }) => {
        const source = await this.#source(video);
        return encodePicture(await source.frameAt(frame), { maxWidth });
      },
      frame: async ({ video, frame }) => (await this.#source(video)).frameAt(frame),
      load: async ({ model }) => {
        const { title, weights, provider, notes } = (await this.#load(model)).info;
        return { title, weights, provider, providers: providersToTry('auto'), notes };
      },
      segment: (request) => this.#segment(request),
      look: (request) => this.#look(request),
      measure: (request) => this.#measure(request),
      status: () => this.#status(),
      budget: ({ bytes }) => {
        this.#budget.limit = bytes;
        return Promise.resolve(null);
      },
      close: async ({ video }) => {
        await this.#close(video);
        return null;
      },
    };
  }

  /** Answers one call. Rejects with an error of src/errors. */
  async call(name: CallName, request: unknown): Promise<unknown> {
    const handler = this.#handlers[name] as (request: unknown) => Promise<unknown>;
    return handler(request);
  }

  /** A run's frames as they are computed. */
  async *run(run: WireRun, signal: AbortSignal): AsyncGenerator<WireStep, void, undefined> {
    const source = await this.#source(run.video);
    const model = await this.#load(run.model);
    const parts = { source, model, embeddings: this.#cache(run.video, run.model, model) };
    const { direction, first, last, blockSize, stride } = run;
    const objects = run.objects.map(unpackObject);
    const options = {
      direction,
      first,
      last,
      objects,
      ...(blockSize === undefined ? {} : { blockSize }),
      ...(stride === undefined ? {} : { stride }),
    };
    const { width, height } = source.info;
    for await (const step of propagate(parts, options, signal)) {
      this.#tidy(width * height * 4);
      const masks = step.masks.map(({ objectId, mask, score, interpolated = false, ended = false }) => ({
        objectId,
        score,
        interpolated,
        ended,
        ...pack(mask),
      }));
      const anew = step.anew.map((one) => ({ ...one, found: one.found && encodeRunLength(one.found) }));
      yield { ...step, masks, anew };
    }
  }

  /** Lets go of pictures that lie about, once there are enough of them to be worth it. */
  #tidy(bytes: number): void {
    this.#untidy += bytes;
    if (this.#untidy < tidyAfter) return;
    this.#untidy = 0;
    globalThis.gc?.();
  }

  async #segment(request: CallRequest<'segment'>): Promise<CallAnswer<'segment'>> {
    const { prompts, base } = request;
    const model = await this.#load(request.model);
    const frame = await this.#lookable(request, model);
    const began = performance.now();
    const spent = { encode: 0, bytes: 0 };
    const look = async (closeup: Closeup | null): Promise<Embedding> => {
      const from = performance.now();
      const embedding = await frame.look(closeup);
      spent.encode += performance.now() - from;
      spent.bytes = embedding.bytes;
      return embedding;
    };
    const { mask, score } = await model.segment(
      { ...frame, look },
      unpackPrompts(prompts),
      base && decodeRunLength(base),
    );
    const { encode, bytes } = spent;
    const seconds = { encode: encode / 1000, segment: (performance.now() - began - encode) / 1000 };
    return { ...pack(mask), score, embeddingBytes: bytes, seconds };
  }

  async #look(request: CallRequest<'look'>): Promise<CallAnswer<'look'>> {
    const { mask } = request;
    const model = await this.#load(request.model);
    await model.lookBefore?.(await this.#lookable(request, model), mask && decodeRunLength(mask));
    return null;
  }

  /** A frame as a model may look at it. */
  async #lookable(
    { video, model: ref, frame }: CallRequest<'look' | 'segment'>,
    model: TrackingModel,
  ): Promise<Lookable> {
    const { width, height } = (await this.#source(video)).info;
    return { width, height, look: (closeup) => this.#embed(video, ref, model, frame, closeup) };
  }

  async #measure({ video, model: ref, seed }: CallRequest<'measure'>): Promise<CallAnswer<'measure'>> {
    const source = await this.#source(video);
    const model = await this.#load(ref);
    const neighbour = seed.frame + 1 < source.info.frameCount ? seed.frame + 1 : Math.max(0, seed.frame - 1);
    const memory = model.createMemory({
      frameCount: source.info.frameCount,
      reverse: neighbour < seed.frame,
    });
    const embedding = await this.#embed(video, ref, model, seed.frame);
    await model.remember(memory, embedding, unpackSeed(seed));
    const frame = await source.frameAt(neighbour);
    const began = performance.now();
    const next = await model.encode(frame);
    const encoded = performance.now();
    const { mask, trace } = await model.track(memory, next);
    await model.remember(memory, next, { mask, prompted: false, trace });
    return { encode: (encoded - began) / 1000, track: (performance.now() - encoded) / 1000 };
  }

  async #embed(
    video: VideoRef,
    ref: ModelRef,
    model: TrackingModel,
    frame: number,
    closeup: Closeup | null = null,
  ): Promise<Embedding> {
    const parts = { source: await this.#source(video), model, embeddings: this.#cache(video, ref, model) };
    return embeddingOf(parts, frame, undefined, closeup);
  }

  async #status(): Promise<CallAnswer<'status'>> {
    const info = this.#model ? (await this.#model.loaded).info : null;
    const { user, system } = process.cpuUsage();
    return {
      rss: process.memoryUsage().rss,
      peakRss: peakMemory(),
      cpuSeconds: (user + system) / 1e6,
      cacheBytes: this.#budget.used,
      cacheLimit: this.#budget.limit,
      shelfBytes: this.#shelf.used,
      model: info?.title ?? null,
      provider: info?.provider ?? null,
    };
  }

  #source(video: VideoRef): Promise<FrameSource> {
    const key = videoKey(video);
    let opening = this.#sources.get(key);
    if (!opening) {
      opening = this.#open(video);
      this.#sources.set(key, opening);
      // A video that could not be opened is tried again the next time: the file may be there by then.
      opening.catch(() => this.#sources.delete(key));
    }
    return opening;
  }

  #open(video: VideoRef): Promise<FrameSource> {
    if (video.kind === 'path') return openSource(video.path, video.options);
    return Promise.resolve(
      new FramesOnDemand(video.info, (index) => this.#fetchArrayFrame(video.key, index)),
    );
  }

  async #close(video: VideoRef): Promise<void> {
    const key = videoKey(video);
    const source = this.#sources.get(key);
    this.#sources.delete(key);
    const opened = source && (await source);
    for (const [name, cache] of this.#embeddings)
      if (name.startsWith(`${key} `)) cache.clear(opened?.info.frameCount ?? 0);
    await opened?.dispose();
  }

  async #load(ref: ModelRef): Promise<TrackingModel> {
    const key = JSON.stringify(ref);
    if (this.#model?.key === key) return this.#model.loaded;
    const before = this.#model;
    const { name, threads, settings } = ref;
    const provider = parseProvider(ref.provider ?? 'auto');
    const loaded = loadModel(name, { threads, provider, settings });
    this.#model = { key, loaded };
    loaded.catch(() => (this.#model = null));
    if (before) await (await before.loaded.catch(() => null))?.dispose();
    return loaded;
  }

  #cache(video: VideoRef, ref: ModelRef, model: TrackingModel): EmbeddingCache {
    // Two providers differ in the last digits, fast weights in more: what one encoded is not given to the other.
    const { provider, weights } = model.info;
    const key = `${videoKey(video)} ${ref.name} ${weights} ${provider}`;
    let cache = this.#embeddings.get(key);
    if (!cache) {
      cache = new EmbeddingCache(this.#budget, { shelf: this.#shelf, prefix: key, model });
      this.#embeddings.set(key, cache);
    }
    return cache;
  }

  /** Leaves nothing on the disk. */
  dispose(): void {
    this.#shelf.dispose();
  }
}

async function glimpse(path: string, maxWidth: number): Promise<EncodedPicture> {
  const loaded = loadEncoder();
  const picture = await firstPicture(path);
  await loaded;
  return encodePicture(picture, { maxWidth });
}

function describe(source: FrameSource): OpenedVideo {
  const count = source.info.frameCount;
  const timed = count > 0 && source.timeOf(0) !== null;
  const plain = count === 0 || source.frameName(0) === '00000';
  return {
    info: source.info,
    times: timed ? Float64Array.from({ length: count }, (_, i) => source.timeOf(i) ?? 0) : null,
    sourceIndexes: Int32Array.from({ length: count }, (_, i) => source.sourceIndex(i)),
    names: plain && timed ? null : Array.from({ length: count }, (_, i) => source.frameName(i)),
  };
}

function pack(mask: Bitmap): { mask: RunLength; area: number } {
  return { mask: encodeRunLength(mask), area: bitmapArea(mask) };
}

function unpackPrompts(prompts: WirePrompts): FramePrompts {
  return { ...prompts, mask: prompts.mask && decodeRunLength(prompts.mask) };
}

function unpackObject({ seeds, correction, ...object }: WireObject): TrackedObject {
  const unpacked = { ...object, seeds: seeds.map(unpackSeed) };
  if (!correction) return unpacked;
  const masks = new Map(correction.stored.map((one) => [one.frame, one.mask]));
  const stored = (frame: number): Bitmap | null => {
    const mask = masks.get(frame);
    return mask ? decodeRunLength(mask) : null;
  };
  return { ...unpacked, correction: { frame: correction.frame, stored } };
}

function unpackSeed({ frame, mask, prompted, prompts, base, known }: WireSeed): Seed {
  return {
    frame,
    mask: decodeRunLength(mask),
    prompted,
    prompts: prompts && unpackPrompts(prompts),
    base: base && decodeRunLength(base),
    known: known && decodeRunLength(known),
  };
}
