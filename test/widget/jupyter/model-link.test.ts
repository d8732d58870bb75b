import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startState } from '../../../src/protocol';
import type { CanvasMessage, WidgetState } from '../../../src/protocol';
import { ModelLink, stateKeys } from '../../../src/widget/jupyter/model-link';
import type { SyncedModel } from '../../../src/widget/jupyter/model-link';

/** A model that keeps what it is told, with Backbone's events. */
class FakeModel implements SyncedModel {
  comm_live = true;
  saves = 0;
  readonly sent: CanvasMessage[] = [];
  readonly #values = new Map<string, unknown>(Object.entries(startState));
  readonly #listeners = new Map<string, Set<(...values: never[]) => void>>();

  get(key: string): unknown {
    return this.#values.get(key);
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
    this.trigger('change');
  }

  save_changes(): void {
    this.saves++;
  }

  send(content: object): void {
    this.sent.push(content as CanvasMessage);
  }

  on(events: string, listener: (...values: never[]) => void): void {
    for (const event of events.split(' '))
      this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  off(events: string, listener: (...values: never[]) => void): void {
    for (const event of events.split(' ')) this.#listeners.get(event)?.delete(listener);
  }

  trigger(event: string, ...values: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(values as never[]));
  }

  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, one) => sum + one.size, 0);
  }
}

describe("a view's link over a widget model", () => {
  let model: FakeModel;
  let gone: boolean;
  let kernelChanged: () => void;
  let link: ModelLink;
  beforeEach(() => {
    jest.useFakeTimers();
    model = new FakeModel();
    gone = false;
    link = new ModelLink(model, {
      isGone: () => gone,
      isLost: () => false,
      onChange: (listener) => {
        kernelChanged = listener;
        return () => undefined;
      },
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads every key of the state', () => {
    expect(link.state()).toEqual(startState);
    const keys: (keyof WidgetState)[] = [...stateKeys];
    expect(keys.sort()).toEqual(Object.keys(startState).sort());
  });

  it('tells of changes, whoever made them', () => {
    let heard = 0;
    link.onState(() => heard++);
    model.set('saving', 'saved');
    expect(heard).toBe(1);
    expect(link.state().saving).toBe('saved');
  });

  it('shows and saves a new place at once, so that the model knows which echoes are old', () => {
    for (let frame = 0; frame < 30; frame++) {
      link.setPlace({ ...startState.place, frame });
      expect(link.state().place.frame).toBe(frame);
      expect(model.saves).toBe(frame + 1);
    }
  });

  it('matches answers and passes changes of masks on', async () => {
    const changes: unknown[] = [];
    link.onMasksChanged((change) => changes.push(change));
    const asked = link.request({ kind: 'masks', frame: 2 });
    const { client, request } = model.sent[0]!;
    model.trigger('msg:custom', { kind: 'answer', client, request, ok: true, value: { frame: 2 } }, []);
    expect((await asked).value.frame).toBe(2);
    const change = { kind: 'masks-changed', objectIds: ['a'], first: 0, last: 4 };
    model.trigger('msg:custom', change, []);
    expect(changes).toEqual([change]);
  });

  it('tells two views of one model apart', async () => {
    const other = new ModelLink(model, {
      isGone: () => false,
      isLost: () => false,
      onChange: () => () => undefined,
    });
    void link.request({ kind: 'masks', frame: 1 });
    other.request({ kind: 'masks', frame: 1 }).catch(() => undefined);
    expect(model.sent[0]!.client).not.toBe(model.sent[1]!.client);
    expect(model.sent.map((one) => one.request)).toEqual([1, 1]);
    other.dispose();
  });

  it('knows that the kernel is gone from the model, and says so to open requests', async () => {
    let heard = 0;
    link.onConnection(() => heard++);
    const asked = link.request({ kind: 'cancel' });
    model.comm_live = false;
    model.trigger('comm_live_update');
    expect(link.connection).toBe('gone');
    expect(heard).toBe(1);
    await expect(asked).rejects.toThrow('The kernel is gone. Nothing was changed.');
    link.setPlace({ ...startState.place, frame: 9 });
    jest.advanceTimersByTime(1_000);
    expect(model.saves).toBe(0);
    expect(link.state().place.frame).toBe(9);
  });

  it("knows it from the kernel's own state too", () => {
    gone = true;
    kernelChanged();
    expect(link.connection).toBe('gone');
  });

  it('lives again when the model does, as after a reconnection', () => {
    model.comm_live = false;
    model.trigger('comm_live_update');
    model.comm_live = true;
    model.trigger('comm_live_update');
    expect(link.connection).toBe('live');
    void link.request({ kind: 'cancel' });
    expect(model.sent).toHaveLength(1);
  });

  it('says that the kernel is slow, and live again when it has answered', () => {
    void link.request({ kind: 'cancel' });
    jest.advanceTimersByTime(7_000);
    expect(link.connection).toBe('slow');
    const { client, request } = model.sent[0]!;
    model.trigger('msg:custom', { kind: 'answer', client, request, ok: true, value: {} }, []);
    expect(link.connection).toBe('live');
  });

  it('leaves no listener behind', () => {
    link.dispose();
    expect(model.listeners).toBe(0);
  });
});
