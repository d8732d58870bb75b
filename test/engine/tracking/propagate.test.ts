import { describe, expect, it, jest } from '@jest/globals';
import type { Bitmap } from '../../../src/mask';
import { bitmapArea, bitmapIou } from '../../../src/mask';
import { MemoryBudget } from '../../../src/engine/blocks';
import { SyntheticModel } from '../../../src/engine/synthetic';
import { EmbeddingCache, propagate } from '../../../src/engine/tracking';
import type {
  ObjectMemory,
  PropagatedFrame,
  PropagateOptions,
  Seed,
  Segmentation,
  TrackingModel,
} from '../../../src/engine/tracking';
import { blue, red, SyntheticVideo } from '../../support/synthetic-video';
import type { Square } from '../../support/synthetic-video';

/** What a model is asked to encode from now on: frames, and what of them is looked at. */
function encodingsOf(model: TrackingModel): string[] {
  const asked: string[] = [];
  const encode = model.encode.bind(model);
  model.encode = (frame, prepared, closeup) => {
    asked.push(`${frame.index} ${closeup?.key ?? 'all'}`);
    return encode(frame, prepared);
  };
  return asked;
}

class Runner {
  readonly video: SyntheticVideo;
  readonly model = new SyntheticModel();
  encoded: number[] = [];

  constructor(frameCount = 20, squares: readonly Square[] = [red, blue]) {
    this.video = new SyntheticVideo(frameCount, squares);
    const encode = this.model.encode.bind(this.model);
    this.model.encode = (frame) => {
      this.encoded.push(frame.index);
      return encode(frame);
    };
  }

  seed(square: Square, frame: number): Seed {
    return { frame, mask: this.video.truth(square, frame), prompted: true };
  }

  async run(options: PropagateOptions, signal?: AbortSignal, limit = 1 << 24): Promise<PropagatedFrame[]> {
    const embeddings = new EmbeddingCache(new MemoryBudget(limit));
    const steps: PropagatedFrame[] = [];
    for await (const step of propagate(
      { source: this.video, model: this.model, embeddings },
      options,
      signal,
    ))
      steps.push(step);
    return steps;
  }

  expectExact(steps: readonly PropagatedFrame[], squares: Readonly<Record<string, Square>>): void {
    for (const { frame, masks } of steps) {
      for (const { objectId, mask } of masks) {
        expect([frame, objectId, bitmapIou(mask, this.video.truth(squares[objectId]!, frame))]).toEqual([
          frame,
          objectId,
          1,
        ]);
      }
    }
  }
}

const whole = { first: 0, last: 19 };

describe('a run', () => {
  it('goes forward from its seed and leaves what lies before', async () => {
    const runner = new Runner();
    const steps = await runner.run({
      ...whole,
      direction: 'forward',
      objects: [{ id: 'a', seeds: [runner.seed(red, 6)] }],
    });
    expect(steps.map((one) => one.frame)).toEqual(Array.from({ length: 13 }, (_, i) => 7 + i));
    runner.expectExact(steps, { a: red });
  });

  it('goes backward from its seed', async () => {
    const runner = new Runner();
    const steps = await runner.run({
      ...whole,
      direction: 'backward',
      objects: [{ id: 'a', seeds: [runner.seed(red, 6)] }],
    });
    expect(steps.map((one) => one.frame)).toEqual([5, 4, 3, 2, 1, 0]);
    runner.expectExact(steps, { a: red });
  });

  it('goes both ways and computes every frame once', async () => {
    const runner = new Runner();
    const seeds = [runner.seed(red, 12), runner.seed(red, 4)];
    const steps = await runner.run({ ...whole, direction: 'both', objects: [{ id: 'a', seeds }] });
    const frames = steps.map((one) => one.frame);
    expect([...frames].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i).filter((i) => i !== 4 && i !== 12),
    );
    runner.expectExact(steps, { a: red });
  });

  it('keeps to its range', async () => {
    const runner = new Runner();
    const steps = await runner.run({
      first: 4,
      last: 8,
      direction: 'both',
      objects: [{ id: 'a', seeds: [runner.seed(red, 6)] }],
    });
    expect(steps.map((one) => one.frame).sort()).toEqual([4, 5, 7, 8]);
  });

  it('starts at the edge of its range from a seed outside it', async () => {
    const runner = new Runner();
    const steps = await runner.run({
      first: 10,
      last: 12,
      direction: 'forward',
      objects: [{ id: 'a', seeds: [runner.seed(red, 2)] }],
    });
    expect(steps.map((one) => one.frame)).toEqual([10, 11, 12]);
  });

  it('never computes a seed again', async () => {
    const runner = new Runner();
    const seeds = [0, 3, 7].map((frame) => runner.seed(red, frame));
    const steps = await runner.run({ ...whole, direction: 'forward', objects: [{ id: 'a', seeds }] });
    expect(steps.map((one) => one.frame)).not.toEqual(expect.arrayContaining([0]));
    expect(steps.some((one) => [0, 3, 7].includes(one.frame))).toBe(false);
  });

  it('takes objects that start at different frames, and encodes each frame once for all (F7)', async () => {
    const runner = new Runner();
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 0)] },
      { id: 'b', seeds: [runner.seed(blue, 10)] },
    ];
    const steps = await runner.run({ ...whole, direction: 'forward', objects });
    expect(steps.find((one) => one.frame === 9)!.masks.map((one) => one.objectId)).toEqual(['a']);
    expect(steps.find((one) => one.frame === 12)!.masks.map((one) => one.objectId)).toEqual(['a', 'b']);
    expect(runner.encoded).toEqual(Array.from({ length: 20 }, (_, i) => i));
    runner.expectExact(steps, { a: red, b: blue });
  });

  it('gives an object the same masks whether or not another is run with it', async () => {
    const alone = new Runner();
    const together = new Runner();
    const a = await alone.run({
      ...whole,
      direction: 'both',
      objects: [{ id: 'a', seeds: [alone.seed(red, 5)] }],
    });
    const b = await together.run({
      ...whole,
      direction: 'both',
      objects: [
        { id: 'a', seeds: [together.seed(red, 5)] },
        { id: 'b', seeds: [together.seed(blue, 9)] },
      ],
    });
    const masksOfA = b.flatMap((step) =>
      step.masks.filter((one) => one.objectId === 'a').map((one) => [step.frame, one.mask] as const),
    );
    expect(new Map(masksOfA)).toEqual(new Map(a.map((step) => [step.frame, step.masks[0]!.mask])));
  });

  it('asks for objects that compete together, follows rivals along, and does not answer with their masks', async () => {
    const runner = new Runner();
    const asked: number[] = [];
    const model: TrackingModel = runner.model;
    model.trackTogether = (memories, embedding) => {
      asked.push(memories.length);
      return Promise.all(memories.map((memory) => model.track(memory, embedding)));
    };
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 5)] },
      { id: 'b', seeds: [{ ...runner.seed(blue, 5), prompted: false }], rival: true },
    ];
    const steps = await runner.run({ ...whole, direction: 'forward', objects, stride: 2 });
    expect(asked).toEqual([2, 2, 2, 2, 2, 2, 2]);
    expect(steps.map((one) => one.masks.map(({ objectId }) => objectId))).toEqual(Array(14).fill(['a']));
    const exact = steps.map(({ masks, ...one }) => ({ ...one, masks: masks.filter((m) => !m.interpolated) }));
    runner.expectExact(exact, { a: red });
  });

  it('does without rivals for a family whose objects do not compete', async () => {
    const runner = new Runner();
    const tracked: unknown[] = [];
    const track = runner.model.track.bind(runner.model);
    runner.model.track = (memory, embedding) => {
      tracked.push(memory);
      return track(memory, embedding);
    };
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 0)] },
      { id: 'b', seeds: [runner.seed(blue, 0)], rival: true },
    ];
    await runner.run({ ...whole, direction: 'forward', objects });
    expect(new Set(tracked).size).toBe(1);
  });

  it('says that an object is absent, and finds it again', async () => {
    const runner = new Runner();
    const steps = await runner.run({
      ...whole,
      direction: 'forward',
      objects: [{ id: 'b', seeds: [runner.seed(blue, 0)] }],
    });
    const empty = steps.filter((one) => !one.masks[0]!.mask.data.includes(1)).map((one) => one.frame);
    expect(empty).toEqual([5, 6, 7, 8]);
    runner.expectExact(steps, { b: blue });
  });

  it('gives the same masks in blocks of any size, forward and backward', async () => {
    for (const direction of ['forward', 'backward'] as const) {
      const runs: { frame: number; mask: Bitmap }[][] = [];
      for (const blockSize of [1, 3, 7, 100]) {
        const runner = new Runner();
        const start = direction === 'forward' ? 0 : 19;
        const objects = [{ id: 'a', seeds: [runner.seed(red, start)] }];
        const steps = await runner.run({ ...whole, direction, objects, blockSize });
        runs.push(steps.map(({ frame, masks }) => ({ frame, mask: masks[0]!.mask })));
      }
      runs.slice(1).forEach((one) => expect(one).toEqual(runs[0]));
    }
  });

  it('ends after the frame in hand when it is aborted', async () => {
    const runner = new Runner();
    const controller = new AbortController();
    const embeddings = new EmbeddingCache(new MemoryBudget(1 << 24));
    const frames: number[] = [];
    const options = {
      ...whole,
      direction: 'forward' as const,
      objects: [{ id: 'a', seeds: [runner.seed(red, 0)] }],
    };
    for await (const step of propagate(
      { source: runner.video, model: runner.model, embeddings },
      options,
      controller.signal,
    )) {
      frames.push(step.frame);
      if (step.frame === 3) controller.abort();
    }
    expect(frames).toEqual([1, 2, 3]);
  });

  it('lets other work have its turn between frames', async () => {
    const runner = new Runner();
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await runner.run({
      first: 0,
      last: 19,
      direction: 'forward',
      objects: [{ id: 'a', seeds: [runner.seed(red, 0)] }],
    });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('looks at frames as close as the family wants to, and has memories see again what they saw otherwise', async () => {
    const runner = new Runner();
    const model: TrackingModel = runner.model;
    const asked = encodingsOf(model);
    model.closeupFor = (memories, coming) =>
      memories.length === 0 ? { key: `${coming.length} come` } : { key: 'near' };
    model.lookAgain = async (memories, closeup, embed) => {
      const { frameIndex } = await embed(0, closeup);
      expect([memories.length, frameIndex]).toEqual([2, 0]);
    };
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 0)] },
      { id: 'b', seeds: [runner.seed(blue, 0)] },
    ];
    const embeddings = new EmbeddingCache(new MemoryBudget(1 << 24));
    const parts = { source: runner.video, model, embeddings };
    const range = { first: 1, last: 3, direction: 'forward' as const, objects };
    const steps = [];
    for await (const step of propagate(parts, range)) steps.push(step);
    runner.expectExact(steps, { a: red, b: blue });
    expect(asked).toEqual(['0 2 come', '0 near', '1 near', '2 near', '3 near']);
    // What is clicked on is looked at as a whole: no closeup takes its place.
    expect(embeddings.has(2)).toBe(false);
  });

  it('looks for objects apart from the others where the family says so, and does not on frames where it says so', async () => {
    const runner = new Runner();
    const model: TrackingModel = runner.model;
    const said = encodingsOf(model);
    let frames = 0;
    const lost: ObjectMemory[] = [];
    model.whereToLook = (sought) => {
      frames++;
      lost.push(sought[1]!.memories[0]!);
      return { followed: [[0]], searched: frames % 2 === 0 ? [1] : [] };
    };
    model.closeupFor = (memories) => (lost.includes(memories[0]!) ? null : { key: 'near' });
    model.trackTogether = async (memories, embedding, taken = []) => {
      said.push(`${memories.length} where ${taken.map((mask) => bitmapArea(mask)).join()} is taken`);
      const answers = [];
      for (const memory of memories) answers.push(await model.track(memory, embedding));
      return answers;
    };
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 0)] },
      { id: 'b', seeds: [runner.seed(blue, 0)] },
    ];
    const steps = await runner.run({ first: 1, last: 2, direction: 'forward', objects });
    expect(said.slice(-4)).toEqual(['1 near', '2 near', '2 all', '1 where 64 is taken']);
    const [first, second] = steps.map(({ masks }) => new Map(masks.map((one) => [one.objectId, one.mask])));
    expect(bitmapArea(first!.get('b')!)).toBe(0);
    expect(bitmapIou(second!.get('b')!, runner.video.truth(blue, 2))).toBe(1);
    expect(bitmapIou(first!.get('a')!, runner.video.truth(red, 1))).toBe(1);
  });

  it('looks at a frame once for each group of objects, and gives their masks in the order that they were asked in', async () => {
    const runner = new Runner();
    const model: TrackingModel = runner.model;
    const said = encodingsOf(model);
    const memories: ObjectMemory[] = [];
    model.whereToLook = (sought) => {
      memories.push(...sought.map((one) => one.memories[0]!));
      return { followed: [[1], [0]], searched: [] };
    };
    model.closeupFor = ([memory]) => (memory ? { key: memory === memories[0] ? 'a' : 'b' } : null);
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 0)] },
      { id: 'b', seeds: [runner.seed(blue, 0)] },
    ];
    const steps = await runner.run({ first: 1, last: 2, direction: 'forward', objects });
    runner.expectExact(steps, { a: red, b: blue });
    expect(said).toEqual(['0 all', '1 b', '1 a', '2 b', '2 a']);
    expect(steps.map(({ masks }) => masks.map((one) => one.objectId))).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('tells the family which masks are known already, what is corrected, and who is only followed along', async () => {
    const runner = new Runner();
    const model = Object.assign(runner.model as TrackingModel, { carriesChanges: true });
    model.trackTogether = (memories, embedding) =>
      Promise.all(memories.map((memory) => model.track(memory, embedding)));
    const told: string[] = [];
    model.whereToLook = (sought) => {
      told.push(
        sought
          .map(({ memories, coming, corrected, rival }) =>
            [memories.length, coming && bitmapArea(coming), corrected, rival].join(' '),
          )
          .join(', '),
      );
      return { followed: [[...sought.keys()]], searched: [] };
    };
    const known = runner.video.truth(red, 0);
    const objects = [
      { id: 'a', seeds: [runner.seed(red, 0)], rival: true },
      {
        id: 'b',
        seeds: [{ ...runner.seed(blue, 0), known }],
        correction: { frame: 0, stored: () => null },
      },
    ];
    await runner.run({ first: 0, last: 1, direction: 'forward', objects });
    expect(told).toEqual(['1 64 false true, 1 36 true false', '1  false true, 1  true false']);
  });

  it('ends quietly when it is aborted while memories see again', async () => {
    const runner = new Runner();
    const controller = new AbortController();
    const model: TrackingModel = runner.model;
    model.lookAgain = async (_memories, closeup, embed) => {
      if (runner.encoded.includes(3)) controller.abort();
      await embed(0, closeup);
    };
    const options = {
      ...whole,
      direction: 'forward' as const,
      objects: [{ id: 'a', seeds: [runner.seed(red, 0)] }],
    };
    const steps = await runner.run(options, controller.signal);
    expect(steps.map((step) => step.frame)).toEqual([1, 2, 3]);
  });

  it('works without any room for embeddings', async () => {
    const runner = new Runner();
    const steps = await runner.run(
      { ...whole, direction: 'forward', objects: [{ id: 'a', seeds: [runner.seed(red, 0)] }] },
      undefined,
      0,
    );
    expect(steps).toHaveLength(19);
  });
});

/** Answers with the mask that it was shown last, and carries corrections as changes. */
class Still extends SyntheticModel {
  readonly carriesChanges = true;
  readonly #last = new WeakMap<object, Bitmap>();

  override async remember(...[memory, , { mask, apart = false }]: Remembering): Promise<void> {
    if (!apart || !this.#last.has(memory)) this.#last.set(memory, mask);
  }

  override async track(...[memory]: Parameters<SyntheticModel['track']>): Promise<Segmentation> {
    return { mask: this.#last.get(memory)!, score: 1 };
  }
}

type Remembering = Parameters<SyntheticModel['remember']>;
type CarriedPart = Parameters<NonNullable<TrackingModel['carriedPart']>>;

describe('a correction, with a family that carries it as a change', () => {
  const video = new SyntheticVideo(8, [red]);
  const { width, height } = video.info;
  const columns = (...of: (readonly [from: number, to: number])[]): Bitmap => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, i) =>
      of.some(([from, to]) => i % width >= from && i % width < to) ? 1 : 0,
    ),
  });
  const body = [0, 20] as const;
  const arm = [20, 26] as const;
  /** Frames on which the last correction was said to have ended. */
  const ended: number[] = [];
  /** Each frame's stored mask has something of its own. */
  const stored = (frame: number): Bitmap | null =>
    frame === 7 ? null : columns(body, [40 + frame, 41 + frame]);

  async function correct(
    base: Bitmap,
    mask: Bitmap,
    model: TrackingModel = new Still(),
    direction: 'forward' | 'backward' = 'forward',
    stride = 1,
  ): Promise<Map<number, Bitmap>> {
    const embeddings = new EmbeddingCache(new MemoryBudget(1 << 24));
    const seeds = [
      { frame: 0, mask: columns(body), prompted: true },
      { frame: 3, mask, prompted: true, known: base },
    ];
    const start = direction === 'forward' ? 4 : 2;
    const objects = [{ id: 'a', seeds, start, correction: { frame: 3, stored } }];
    const found = new Map<number, Bitmap>();
    const range = { direction, first: 1, last: 7, objects, stride };
    ended.length = 0;
    for await (const { frame, masks } of propagate({ source: video, model, embeddings }, range)) {
      found.set(frame, masks[0]!.mask);
      if (masks[0]!.ended) ended.push(frame);
    }
    return found;
  }

  it('adds what a click added, and leaves every frame what it had', async () => {
    const found = await correct(columns(body), columns(body, arm));
    for (const frame of [4, 5, 6])
      expect(found.get(frame)).toEqual(columns(body, arm, [40 + frame, 41 + frame]));
  });

  it('goes back in time as well', async () => {
    const found = await correct(columns(body), columns(body, arm), new Still(), 'backward');
    expect(found.get(2)).toEqual(columns(body, arm, [42, 43]));
  });

  it('leaves every frame what it had also in a run that computes every third frame only', async () => {
    const found = await correct(columns(body), columns(body, arm), new Still(), 'forward', 3);
    for (const frame of [4, 5, 6])
      expect(found.get(frame)).toEqual(columns(body, arm, [40 + frame, 41 + frame]));
  });

  it('takes away what a click took away', async () => {
    const found = await correct(columns(body), columns([0, 15]));
    expect(found.get(5)).toEqual(columns([0, 15], [45, 46]));
  });

  it('is the whole answer where nothing is stored', async () => {
    const found = await correct(columns(body), columns(body, arm));
    // As this model carries it, with what the frame before had of its own.
    expect(found.get(7)).toEqual(columns(body, arm, [46, 47]));
  });

  it('starts anew where the object was said anew, also where nothing was', async () => {
    expect((await correct(columns([50, 60]), columns(arm))).get(5)).toEqual(columns(arm));
    expect((await correct(columns(), columns(arm))).get(5)).toEqual(columns(arm));
  });

  it('said anew goes back to where the object still was', async () => {
    const found = await correct(columns([50, 60]), columns([4, 20]), new Still(), 'backward');
    expect(found.get(2)).toEqual(stored(2));
    expect(ended).toEqual([2, 1]);
  });

  it('starts anew with other families', async () => {
    const other: TrackingModel = new Still();
    Object.assign(other, { carriesChanges: false });
    expect((await correct(columns(body), columns(body, arm), other)).get(5)).toEqual(columns(body, arm));
  });

  it('is told from no correction by the corrected frame alone: both sides vouch for theirs', async () => {
    const model = new Still();
    const seen = jest.spyOn(model, 'remember');
    await correct(columns(body), columns(body, arm), model);
    const corrected = seen.mock.calls.map(([, , one]) => one).filter((one) => one.prompted && one.apart);
    expect(corrected.map(({ mask, base }) => [mask, base])).toEqual([
      [columns(body, arm), undefined],
      [columns(body), undefined],
      [columns(body), undefined],
      [columns(body), undefined],
    ]);
  });

  describe('that spreads', () => {
    /** What a click added to the object becomes wider by two columns a frame. */
    class Spreading extends Still {
      override async track(
        ...[memory, embedding]: Parameters<SyntheticModel['track']>
      ): Promise<Segmentation> {
        const { mask, score } = await super.track(memory, embedding);
        const wider = columns(body, [20, 26 + 2 * Math.abs(embedding.frameIndex - 3)]);
        return { mask: mask.data[22] === 1 ? wider : mask, score };
      }
    }

    it('ends on the way to a frame that the user vouches for, which is told, and what is stored stays', async () => {
      const found = await correct(columns(body), columns(body, arm), new Spreading(), 'backward');
      expect(found.get(2)).toEqual(columns(body, [20, 28], [42, 43]));
      expect(found.get(1)).toEqual(stored(1));
      expect(ended).toEqual([1]);
    });

    it('goes on where it leaves all such frames behind', async () => {
      const found = await correct(columns(body), columns(body, arm), new Spreading());
      expect(found.get(6)).toEqual(columns(body, [20, 32], [46, 47]));
      expect(ended).toEqual([]);
    });
  });

  describe('that other frames may speak against', () => {
    const asked: { base: Bitmap; frames: number[] }[] = [];
    /** Says that what lies right of a column was never the object's. */
    class Doubtful extends Still {
      readonly #from: number;

      constructor(from: number) {
        super();
        this.#from = from;
      }

      carriedPart(...[, { mask, base }, vouched]: CarriedPart): Bitmap {
        asked.push({ base, frames: vouched.map((one) => one.embedding.frameIndex) });
        return {
          ...mask,
          data: mask.data.map((one, i) => (i % width < this.#from ? one : base.data[i]!)),
        };
      }
    }

    it('is carried without what they speak against', async () => {
      const found = await correct(columns(body), columns(body, arm), new Doubtful(23));
      for (const frame of [4, 5, 6])
        expect(found.get(frame)).toEqual(columns(body, [20, 23], [40 + frame, 41 + frame]));
    });

    it('is not carried at all where all of it is, and every mask stays as it is stored', async () => {
      const found = await correct(columns(body), columns(body, arm), new Doubtful(0));
      for (const frame of [4, 5, 6]) expect(found.get(frame)).toEqual(stored(frame));
    });

    it('is held against the frames that the user vouches for, on its own frame', async () => {
      asked.length = 0;
      await correct(columns(body), columns(body, arm), new Doubtful(23));
      expect(asked).toEqual([{ base: columns(body), frames: [0] }]);
    });
  });
});

describe('a frame on which the user says an object anew, with a family whose objects compete', () => {
  const video = new SyntheticVideo(10, [red]);
  const { width, height } = video.info;
  const columns = (from: number, to: number): Bitmap => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, i) => Number(i % width >= from && i % width < to)),
  });
  const [left, right] = [columns(0, 20), columns(40, 60)];

  /** Answers with the mask that most of the last four frames had, and nothing once it has forgotten them. */
  class Outvoted extends SyntheticModel {
    readonly carriesChanges = true;
    readonly done: string[] = [];
    readonly #seen = new WeakMap<object, Bitmap[]>();

    override createMemory(): ReturnType<SyntheticModel['createMemory']> {
      const memory = super.createMemory();
      Object.defineProperty(memory, 'bytes', { get: () => (this.#seen.get(memory) ?? []).length });
      return memory;
    }

    override async remember(...[memory, , { mask, apart = false }]: Remembering): Promise<void> {
      const seen = this.#seen.get(memory) ?? [];
      if (!apart || seen.length === 0) this.#seen.set(memory, [...seen, mask].slice(-4));
    }

    override async track(
      ...[memory, { frameIndex }]: Parameters<SyntheticModel['track']>
    ): Promise<Segmentation> {
      this.done.push(`track ${frameIndex}`);
      const seen = this.#seen.get(memory) ?? [];
      const votes = (one: Bitmap): number => seen.filter((other) => bitmapIou(one, other) > 0.5).length;
      const [mask = columns(0, 0)] = [...seen].sort((a, b) => votes(b) - votes(a));
      return { mask, score: 1 };
    }

    async trackTogether(
      memories: readonly ObjectMemory[],
      embedding: Parameters<SyntheticModel['track']>[1],
    ): Promise<Segmentation[]> {
      return Promise.all(memories.map((memory) => this.track(memory as never, embedding)));
    }

    startAnew(memory: object): void {
      this.done.push('anew');
      this.#seen.set(memory, []);
    }
  }

  async function run(
    objects: PropagateOptions['objects'],
    model: TrackingModel,
  ): Promise<readonly PropagatedFrame[]> {
    const embeddings = new EmbeddingCache(new MemoryBudget(1 << 24));
    const steps: PropagatedFrame[] = [];
    const range = { direction: 'forward', first: 0, last: 9, objects } as const;
    for await (const step of propagate({ source: video, model, embeddings }, range)) steps.push(step);
    return steps;
  }
  const said = (frame: number, mask: Bitmap): Seed => ({ frame, mask, prompted: true });
  const maskOf = (steps: readonly PropagatedFrame[], id: string, frame: number): Bitmap =>
    steps.find((one) => one.frame === frame)!.masks.find((one) => one.objectId === id)!.mask;

  it('is where it is followed from, whatever was there before, and tells what would have been found', async () => {
    const objects = [{ id: 'a', seeds: [said(0, left), said(5, right)] }];
    const steps = await run(objects, new Outvoted());
    expect([1, 4].map((frame) => maskOf(steps, 'a', frame))).toEqual([left, left]);
    expect([6, 9].map((frame) => maskOf(steps, 'a', frame))).toEqual([right, right]);
    expect(steps.filter((one) => one.anew.length > 0).map(({ frame, anew }) => ({ frame, anew }))).toEqual([
      { frame: 5, anew: [{ objectId: 'a', found: left }] },
    ]);
  });

  it('is taken from others, who are followed on without it', async () => {
    const objects = [
      { id: 'a', seeds: [said(0, right), said(5, columns(0, 8))] },
      { id: 'b', seeds: [said(0, left)] },
    ];
    const steps = await run(objects, new Outvoted());
    expect(maskOf(steps, 'b', 4)).toEqual(left);
    expect([5, 6, 9].map((frame) => maskOf(steps, 'b', frame))).toEqual(Array(3).fill(columns(8, 20)));
    expect(steps.find((one) => one.frame === 5)!.anew.map((one) => [one.objectId, one.found])).toEqual([
      ['a', right],
      ['b', null],
    ]);
  });

  it('is not heeded once more where a correction is carried: what is stored has heeded it', async () => {
    const model = new Outvoted();
    const corrected = { ...said(0, columns(0, 24)), known: left };
    const correction = { frame: 0, stored: () => left };
    await run(
      [
        { id: 'a', seeds: [corrected], start: 1, correction },
        { id: 'b', seeds: [said(0, columns(0, 8)), said(5, columns(0, 8))], start: 1, rival: true },
      ],
      model,
    );
    expect(model.done).not.toContain('anew');
  });
});
