import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EditError, KernelError, toWireError } from '../../../src/errors';
import type { Answer, CanvasMessage } from '../../../src/protocol';
import { RequestChannel } from '../../../src/widget/link';

const addNothing = { kind: 'edit', edit: { kind: 'together', edits: [] } } as const;

describe('the asking side of the wire', () => {
  let sent: CanvasMessage[];
  let channel: RequestChannel;
  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    channel = new RequestChannel('me', (message) => sent.push(message));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const answer = (request: number, value: object, client = 'me'): Answer =>
    ({ kind: 'answer', client, request, ok: true, value }) as Answer;

  it('numbers its requests and names its client', () => {
    void channel.request({ kind: 'masks', frame: 3 });
    void channel.request({ kind: 'cancel' });
    expect(sent).toEqual([
      { client: 'me', request: 1, body: { kind: 'masks', frame: 3 } },
      { client: 'me', request: 2, body: { kind: 'cancel' } },
    ]);
  });

  it('matches answers by number, in whatever order they come', async () => {
    const first = channel.request({ kind: 'masks', frame: 3 });
    const second = channel.request(addNothing);
    channel.receive(answer(2, { version: 7 }), []);
    channel.receive(answer(1, { frame: 3 }), [new DataView(new ArrayBuffer(4))]);
    expect((await second).value).toEqual({ version: 7 });
    expect((await first).buffers).toHaveLength(1);
  });

  it('passes over answers to other views, to nobody, and second answers', async () => {
    const asked = channel.request(addNothing);
    channel.receive(answer(1, { version: 1 }, 'another'), []);
    channel.receive(answer(99, { version: 2 }), []);
    channel.receive(answer(1, { version: 3 }), []);
    channel.receive(answer(1, { version: 4 }), []);
    expect((await asked).value).toEqual({ version: 3 });
  });

  it("rejects with the kernel's own error", async () => {
    const asked = channel.request(addNothing);
    const error = toWireError(new EditError('There is no object with this id. Nothing was changed.'));
    channel.receive({ kind: 'answer', client: 'me', request: 1, ok: false, error }, []);
    await expect(asked).rejects.toThrow(EditError);
  });

  it('sends a picture request again after 1 s, after 5 s more, then ever more rarely, with the same number', () => {
    void channel.request({ kind: 'picture', frame: 5, maxWidth: 640 });
    jest.advanceTimersByTime(999);
    expect(sent).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(sent).toHaveLength(2);
    jest.advanceTimersByTime(5_000);
    expect(sent).toHaveLength(3);
    jest.advanceTimersByTime(14_999);
    expect(sent).toHaveLength(3);
    jest.advanceTimersByTime(600_001);
    expect(sent).toHaveLength(4 + 20);
    expect(new Set(sent.map((one) => one.request))).toEqual(new Set([1]));
  });

  it('stops sending again once the answer is there', () => {
    void channel.request({ kind: 'masks', frame: 5 });
    channel.receive(answer(1, { frame: 5 }), []);
    jest.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(1);
  });

  it('never sends an edit, a run or a cancel twice', () => {
    void channel.request(addNothing);
    void channel.request({ kind: 'propagate', options: { direction: 'forward' } });
    void channel.request({ kind: 'cancel' });
    jest.advanceTimersByTime(120_000);
    expect(sent).toHaveLength(3);
  });

  it('says that the kernel is slow after six seconds, and that it is not once it has answered', () => {
    const said: boolean[] = [];
    channel.onSlow((slow) => said.push(slow));
    void channel.request(addNothing);
    jest.advanceTimersByTime(5_900);
    expect(said).toEqual([]);
    jest.advanceTimersByTime(200);
    expect(said).toEqual([true]);
    channel.receive(answer(1, { version: 1 }), []);
    expect(said).toEqual([true, false]);
  });

  it('does not think it slow when each answer is quick, however many there are', () => {
    for (let request = 1; request <= 20; request++) {
      void channel.request({ kind: 'masks', frame: request });
      jest.advanceTimersByTime(1_000);
      channel.receive(answer(request, { frame: request }), []);
    }
    expect(channel.slow).toBe(false);
  });

  it('rejects all that is open when it is closed, and what is asked after', async () => {
    const open = channel.request(addNothing);
    channel.close('The kernel is gone.');
    await expect(open).rejects.toThrow(KernelError);
    await expect(channel.request({ kind: 'cancel' })).rejects.toThrow('The kernel is gone.');
    expect(sent).toHaveLength(1);
    jest.advanceTimersByTime(60_000);
    expect(channel.slow).toBe(false);
  });

  it('asks again after it was opened again', () => {
    channel.close('Gone.');
    channel.reopen();
    void channel.request({ kind: 'cancel' });
    expect(sent).toHaveLength(1);
  });
});
