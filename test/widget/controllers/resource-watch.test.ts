import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CanvasRequest, ResourcesView } from '../../../src/protocol';
import { ResourceWatch } from '../../../src/widget/controllers/resource-watch';
import type { RequestSender } from '../../../src/widget/link';

const view: ResourcesView = {
  kernel: { memoryBytes: 1, processor: null },
  pictures: null,
  model: null,
  machine: { memoryBytes: 1, processor: null, totalBytes: 2, cores: 2 },
  gpu: null,
  caches: null,
  sessionBytes: null,
  run: { framesPerSecond: 2, secondsLeft: 9 },
};

describe('the monitor', () => {
  let asked: CanvasRequest[];
  let answer: () => Promise<ResourcesView>;
  let watchable: boolean;
  let watch: ResourceWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
    answer = async () => view;
    watchable = true;
    const request = (async (body: CanvasRequest) => {
      asked.push(body);
      return { value: await answer(), buffers: [] };
    }) as unknown as RequestSender;
    watch = new ResourceWatch({ request, watchable: () => watchable, changed: () => undefined });
  });
  afterEach(() => {
    watch.dispose();
    jest.useRealTimers();
  });

  it('asks nothing until somebody looks, then once a second, and nothing after', async () => {
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toEqual([]);
    watch.watching = true;
    await jest.advanceTimersByTimeAsync(3500);
    expect(asked).toHaveLength(4);
    expect(watch.latest).toBe(view);
    expect(watch.rates).toEqual([2, 2, 2, 2]);
    watch.watching = false;
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(4);
    expect(watch.latest).toBeNull();
  });

  it('asks nothing while nobody can answer or the page is in the background, and goes on after', async () => {
    watchable = false;
    watch.watching = true;
    await jest.advanceTimersByTimeAsync(3500);
    expect(asked).toEqual([]);
    watchable = true;
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
  });

  it('does not ask again before a slow kernel has answered', async () => {
    let release!: (value: ResourcesView) => void;
    answer = () => new Promise((resolve) => (release = resolve));
    watch.watching = true;
    await jest.advanceTimersByTimeAsync(10_000);
    watch.watching = false;
    watch.watching = true;
    await jest.advanceTimersByTimeAsync(3000);
    expect(asked).toHaveLength(1);
    release(view);
    await jest.advanceTimersByTimeAsync(1500);
    expect(asked).toHaveLength(2);
  });

  it('does not know what it was told before the kernel failed', async () => {
    watch.watching = true;
    await jest.advanceTimersByTimeAsync(1);
    answer = () => Promise.reject(new Error('gone'));
    await jest.advanceTimersByTimeAsync(1500);
    expect(watch.latest).toBeNull();
    answer = async () => view;
    await jest.advanceTimersByTimeAsync(1500);
    expect(watch.latest).toBe(view);
  });

  it('remembers a minute', async () => {
    watch.watching = true;
    await jest.advanceTimersByTimeAsync(90_000);
    expect(watch.rates).toHaveLength(60);
  });
});
