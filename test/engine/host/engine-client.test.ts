import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EngineClient } from '../../../src/engine/host';
import type { VideoRef, WireRun, WireStep } from '../../../src/engine/host';
import { EngineError, ModelError, VideoError } from '../../../src/errors';
import { decodeRunLength, encodeRunLength, bitmapIou } from '../../../src/mask';
import { ClipFolder } from '../../support/clips';
import { engineProgram } from '../../support/engine-program';
import { red, SyntheticVideo } from '../../support/synthetic-video';

// The real engine process, with the model that needs no weights.

let clips: ClipFolder;
let clip: VideoRef;
let engine: EngineClient;
let states: string[];

const model = { name: 'synthetic', threads: 1 };
const video = new SyntheticVideo(40, [red]);
const arrays: VideoRef = { kind: 'arrays', key: 'squares', info: video.info };

beforeAll(async () => {
  clips = await ClipFolder.open();
  const path = clips.make(
    'clip.mp4',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=size=160x90:rate=25:duration=1',
    '-c:v',
    'libx264',
  );
  clip = { kind: 'path', path, options: {} };
});

beforeEach(() => {
  states = [];
  engine = new EngineClient({ program: engineProgram(), onState: (state) => states.push(state) });
  engine.serveArrays('squares', (index) => video.frameAt(index));
});

afterEach(() => engine.dispose());
afterAll(() => clips.remove());

function runOf(patch: Partial<WireRun> = {}): WireRun {
  const seeds = [{ frame: 0, mask: encodeRunLength(video.truth(red, 0)), prompted: true }];
  return {
    video: arrays,
    model,
    direction: 'forward',
    first: 0,
    last: 39,
    objects: [{ id: 'a', seeds }],
    ...patch,
  };
}

async function collect(run: WireRun, signal?: AbortSignal): Promise<WireStep[]> {
  const steps: WireStep[] = [];
  for await (const step of engine.run(run, signal)) steps.push(step);
  return steps;
}

async function reasonOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it did not fail'),
    (reason: Error) => reason,
  );
}

describe('the engine process', () => {
  it('starts with the first request and tells how it is', async () => {
    expect(engine.pid).toBeNull();
    const status = await engine.call('status', {});
    expect(status.rss).toBeGreaterThan(1e6);
    expect(states).toEqual(['starting', 'ready']);
  });

  it('opens a video and decodes pictures of it', async () => {
    const opened = await engine.call('open', { video: clip });
    expect(opened.info).toMatchObject({ width: 160, height: 90, frameCount: 25 });
    expect(opened.times![5]).toBeCloseTo(0.2, 6);
    expect([...opened.sourceIndexes.slice(0, 3)]).toEqual([0, 1, 2]);
    const picture = await engine.call('picture', { video: clip, frame: 3, maxWidth: 80 });
    expect(picture).toMatchObject({ type: 'image/jpeg', width: 80, height: 45 });
    expect([...picture.data.slice(0, 2)]).toEqual([0xff, 0xd8]);
    expect((await engine.call('frame', { video: clip, frame: 3 })).data).toHaveLength(160 * 90 * 3);
  });

  it('answers prompts', async () => {
    const prompts = { points: [{ x: 6, y: 6, positive: true }], box: null, mask: null };
    const answer = await engine.call('segment', { video: arrays, model, frame: 2, prompts, base: null });
    expect(bitmapIou(decodeRunLength(answer.mask), video.truth(red, 2))).toBe(1);
    expect(answer.area).toBe(64);
  });

  it('looks at a frame before it is prompted, so that the prompt needs no more encoding', async () => {
    const wide = clips.make('wide.mp4', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25:duration=0.2');
    const shown: VideoRef = { kind: 'path', path: wide, options: {} };
    const mobile = { name: 'mobilesam', threads: 2 };
    const bitmap = { width: 1280, height: 720, data: new Uint8Array(1280 * 720) };
    for (let y = 300; y < 340; y++) bitmap.data.fill(1, y * 1280 + 600, y * 1280 + 640);
    const mask = encodeRunLength(bitmap);
    const cached = async (): Promise<number> => (await engine.call('status', {})).cacheBytes;
    await engine.call('look', { video: shown, model: mobile, frame: 2, mask });
    const looked = await cached();
    expect(looked).toBeGreaterThan(1e6);
    for (const x of [610, 648]) {
      const prompts = { points: [{ x, y: 320, positive: x > 640 }], box: null, mask: null };
      await engine.call('segment', { video: shown, model: mobile, frame: 2, prompts, base: mask });
    }
    const after = await cached();
    // One click may tell that the object is larger than what is seen closer.
    expect(after).toBeLessThan(2.5 * looked);
    await engine.call('look', { video: shown, model: mobile, frame: 3, mask: null });
    expect(await cached()).toBeGreaterThan(after);
  });

  it('is not made to look by a model that does not look beforehand', async () => {
    await engine.call('look', { video: arrays, model, frame: 2, mask: null });
    expect((await engine.call('status', {})).cacheBytes).toBe(0);
  });

  it('runs, frame by frame, on frames that stay with the client (C2)', async () => {
    const steps = await collect(runOf());
    expect(steps.map((one) => one.frame)).toEqual(Array.from({ length: 39 }, (_, i) => i + 1));
    for (const { frame, masks } of steps)
      expect(decodeRunLength(masks[0]!.mask)).toEqual(video.truth(red, frame));
  });

  it('times a frame for forecasts', async () => {
    const seed = { frame: 0, mask: encodeRunLength(video.truth(red, 0)), prompted: true };
    const pace = await engine.call('measure', { video: arrays, model, seed });
    expect(pace.encode).toBeGreaterThanOrEqual(0);
    expect(pace.track).toBeGreaterThan(0);
  });

  it('ends a run whose loop is left, and does the next', async () => {
    for await (const step of engine.run(runOf())) if (step.frame === 3) break;
    expect(await collect(runOf({ last: 5 }))).toHaveLength(5);
  });

  it('ends a run that is aborted, with what was done', async () => {
    const controller = new AbortController();
    const steps: WireStep[] = [];
    for await (const step of engine.run(runOf(), controller.signal)) {
      steps.push(step);
      if (steps.length === 2) controller.abort();
    }
    expect(steps.length).toBeGreaterThanOrEqual(2);
    expect(steps.length).toBeLessThan(39);
  });

  it('hands errors over as what they are', async () => {
    const missing: VideoRef = { kind: 'path', path: clips.path('nothing.mp4'), options: {} };
    expect(await reasonOf(engine.call('open', { video: missing }))).toBeInstanceOf(VideoError);
    const unknown = { name: 'sam9', threads: 1 };
    const error = await reasonOf(engine.call('load', { model: unknown }));
    expect(error).toBeInstanceOf(ModelError);
    expect(error.message).toContain('There is no model “sam9”. There are: mobilesam, edgetam, ');
    expect(await reasonOf(collect(runOf({ model: unknown })))).toBeInstanceOf(ModelError);
  });

  it('hands over an error of the client’s own frames', async () => {
    const lost: VideoRef = { kind: 'arrays', key: 'gone', info: video.info };
    const error = await reasonOf(engine.call('frame', { video: lost, frame: 0 }));
    expect(error.message).toContain('no longer there');
  });

  it('opens a file that was not there before', async () => {
    const late: VideoRef = { kind: 'path', path: clips.path('late.mp4'), options: {} };
    await reasonOf(engine.call('open', { video: late }));
    clips.make('late.mp4', '-i', 'IN:clip.mp4', '-c', 'copy');
    expect((await engine.call('open', { video: late })).info.frameCount).toBe(25);
  });
});

describe('an engine process that dies', () => {
  it('fails the run under way with a sentence that says what is kept, and the next request starts another', async () => {
    const seen: number[] = [];
    const error = await reasonOf(
      (async () => {
        for await (const step of engine.run(runOf())) {
          seen.push(step.frame);
          if (seen.length === 2) engine.kill();
        }
      })(),
    );
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toMatch(
      /engine process ended \(signal SIGKILL\).*are kept.*next click or run starts it again/,
    );
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(await collect(runOf({ last: 4 }))).toHaveLength(4);
    expect(states).toEqual(['starting', 'ready', 'stopped', 'starting', 'ready']);
  });

  it('fails the calls under way', async () => {
    await engine.call('status', {});
    const pending = reasonOf(engine.call('open', { video: clip }));
    engine.kill();
    expect(await pending).toBeInstanceOf(EngineError);
    expect((await engine.call('open', { video: clip })).info.frameCount).toBe(25);
  });

  it('is gone after dispose, and takes no more requests', async () => {
    await engine.call('status', {});
    const { pid } = engine;
    await engine.dispose();
    expect(() => process.kill(pid!, 0)).toThrow();
    expect(await reasonOf(engine.call('status', {}))).toBeInstanceOf(EngineError);
  });
});
