import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KernelClient } from '../support/kernel-client';

// The launcher kernel, driven through its ZeroMQ sockets as Jupyter drives it (H1).

let kernel: KernelClient;

/** A widget whose kernel half echoes what it hears and counts. */
const makeWidget = `
const { createWidgetModel } = require(process.env.MASKLET_COMM);
const model = createWidgetModel({ module: "m", moduleVersion: "1", modelName: "M", viewName: "V", state: { count: 0, bytes: new Uint8Array([1, 2, 3]) } });
model.onMessage((content: any, buffers: any) => model.send({ echo: content, sizes: buffers.map((b: any) => b.length) }, buffers));
model.onChange((patch: any) => console.log("page wrote", Object.keys(patch).join()));
console.log(model.modelId);`;

let modelId: string;

beforeAll(async () => {
  process.env['MASKLET_COMM'] = `${process.cwd()}/dist/kernel/comm/index.js`;
  kernel = await KernelClient.start();
  const { stdout, stderr } = await kernel.run(makeWidget);
  expect(stderr).toBe('');
  modelId = stdout.trim();
}, 60_000);

afterAll(() => kernel.stop());

describe('comms: kernel to front end', () => {
  it('opens a model with its layout, state and buffers', async () => {
    const opened = await kernel.waitFor(
      (one) => one.header.msg_type === 'comm_open' && one.content['comm_id'] === modelId,
    );
    expect(opened.content['target_name']).toBe('jupyter.widget');
    expect(opened.metadata).toEqual({ version: '2.1.0' });
    const data = opened.content['data'] as { state: Record<string, unknown>; buffer_paths: string[][] };
    expect(data.state).toMatchObject({
      _model_name: 'M',
      _view_name: 'V',
      _view_count: null,
      _dom_classes: [],
      count: 0,
    });
    expect(data.state['layout']).toMatch(/^IPY_MODEL_/);
    expect(data.buffer_paths).toEqual([['bytes']]);
    expect([...opened.buffers[0]!]).toEqual([1, 2, 3]);
    const layout = String(data.state['layout']).slice(10);
    expect(kernel.published.some((one) => one.content['comm_id'] === layout)).toBe(true);
  });

  it('shows a model as the last expression of a cell', async () => {
    const { displays } = await kernel.run('({ [Symbol.for("Jupyter.display")]: () => model.mimeBundle() })');
    expect(displays[0]).toMatchObject({
      'application/vnd.jupyter.widget-view+json': { version_major: 2, version_minor: 0, model_id: modelId },
    });
  });

  it('shows a model where a cell asks for it, with a picture for readers without a kernel', async () => {
    const { displays } = await kernel.run(
      'model.setPreview({ text: "a clip", jpeg: new Uint8Array([9]) }); model.display();',
    );
    expect(displays[0]).toMatchObject({ 'text/plain': 'a clip', 'image/jpeg': 'CQ==' });
  });

  it('sends changed state as one update', async () => {
    await kernel.run('model.set({ count: 5, bytes: new Uint8Array([7]) });');
    const update = await kernel.waitFor(
      (one) =>
        one.header.msg_type === 'comm_msg' && (one.content['data'] as { method: string }).method === 'update',
    );
    expect(update.content['data']).toEqual({
      method: 'update',
      state: { count: 5 },
      buffer_paths: [['bytes']],
    });
    expect([...update.buffers[0]!]).toEqual([7]);
  });
});

describe('comms: front end to kernel', () => {
  const messagesOf = (id: string): { data: Record<string, unknown>; buffers: readonly Uint8Array[] }[] =>
    kernel.published
      .filter((one) => one.header.msg_type === 'comm_msg' && one.parent.msg_id === id)
      .map((one) => ({ data: one.content['data'] as Record<string, unknown>, buffers: one.buffers }));

  it('answers comm_info_request with the right message, all channels or one target', async () => {
    const all = await kernel.request('comm_info_request', {});
    expect(all.header.msg_type).toBe('comm_info_reply');
    expect(all.content['comms']).toHaveProperty(modelId, { target_name: 'jupyter.widget' });
    const other = await kernel.request('comm_info_request', { target_name: 'other' });
    expect(other.content).toEqual({ status: 'ok', comms: {} });
  });

  it('hands over custom messages with binary buffers, and sends them back', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
    const id = kernel.send(
      'comm_msg',
      { comm_id: modelId, data: { method: 'custom', content: { hello: 1 } } },
      { buffers: [bytes, new Uint8Array(0)] },
    );
    await kernel.waitFor((one) => one.parent.msg_id === id && one.header.msg_type === 'comm_msg');
    const [echo] = messagesOf(id);
    expect(echo!.data).toEqual({ method: 'custom', content: { echo: { hello: 1 }, sizes: [70_000, 0] } });
    expect(Buffer.compare(echo!.buffers[0]!, bytes)).toBe(0);
  });

  it('takes state that a page wrote and echoes it', async () => {
    const data = { method: 'update', state: { count: 9 }, buffer_paths: [['bytes']] };
    const id = kernel.send('comm_msg', { comm_id: modelId, data }, { buffers: [new Uint8Array([4])] });
    await kernel.waitFor((one) => one.parent.msg_id === id && one.header.msg_type === 'comm_msg');
    expect(messagesOf(id)[0]!.data).toEqual({
      method: 'echo_update',
      state: { count: 9 },
      buffer_paths: [['bytes']],
    });
    expect((await kernel.run('console.log(model.state.count, model.state.bytes[0])')).stdout).toBe('9 4\n');
  });

  it('answers request_state for one model', async () => {
    const id = kernel.send('comm_msg', { comm_id: modelId, data: { method: 'request_state' } });
    await kernel.waitFor((one) => one.parent.msg_id === id && one.header.msg_type === 'comm_msg');
    expect(messagesOf(id)[0]!.data).toMatchObject({ method: 'update', state: { _model_name: 'M' } });
  });

  it('answers request_states on the control channel, which is how a page that is loaded anew finds its widgets', async () => {
    kernel.send('comm_open', { comm_id: 'page', target_name: 'jupyter.widget.control', data: {} });
    const id = kernel.send('comm_msg', { comm_id: 'page', data: { method: 'request_states' } });
    const answer = await kernel.waitFor(
      (one) => one.parent.msg_id === id && one.header.msg_type === 'comm_msg',
    );
    const data = answer.content['data'] as {
      method: string;
      states: Record<string, unknown>;
      buffer_paths: unknown[];
    };
    expect(data.method).toBe('update_states');
    expect(data.states[modelId]).toMatchObject({ model_name: 'M', model_module: 'm', state: { count: 9 } });
    expect(data.buffer_paths).toContainEqual([modelId, 'state', 'bytes']);
    kernel.send('comm_close', { comm_id: 'page', data: {} });
    const { content } = await kernel.request('comm_info_request', {});
    expect(content['comms']).not.toHaveProperty('page');
  });

  it('closes a channel of a target nobody serves', async () => {
    const id = kernel.send('comm_open', { comm_id: 'stray', target_name: 'nobody', data: {} });
    const closed = await kernel.waitFor(
      (one) => one.parent.msg_id === id && one.header.msg_type === 'comm_close',
    );
    expect(closed.content['comm_id']).toBe('stray');
  });

  it('says that it is idle again after each message, and never that it was busy', async () => {
    const id = kernel.send('comm_msg', { comm_id: modelId, data: { method: 'custom', content: 0 } });
    await kernel.waitFor((one) => one.parent.msg_id === id && one.header.msg_type === 'status');
    const states = kernel.published.filter(
      (one) => one.parent.msg_id === id && one.header.msg_type === 'status',
    );
    expect(states.map((one) => one.content['execution_state'])).toEqual(['idle']);
  });

  it('passes by a message whose signature is wrong or which cannot be read', async () => {
    kernel.send('comm_msg', { nothing: true });
    expect((await kernel.run('console.log("alive")')).stdout).toBe('alive\n');
  });

  it('outlives a handler that throws', async () => {
    await kernel.run(
      'const stopThrowing = model.onMessage((content: any) => { if (content === "throw") throw new Error("in a handler"); });',
    );
    kernel.send('comm_msg', { comm_id: modelId, data: { method: 'custom', content: 'throw' } });
    expect((await kernel.run('console.log("alive")')).stdout).toContain('alive');
    await kernel.run('stopThrowing();');
  });
});

describe('comms beside a cell', () => {
  it('go both ways while a cell awaits, and the kernel still counts as busy', async () => {
    const cell = kernel.start('await new Promise((wake) => setTimeout(wake, 1500));');
    await kernel.waitFor((one) => one.parent.msg_id === cell && one.content['execution_state'] === 'busy');
    const id = kernel.send('comm_msg', { comm_id: modelId, data: { method: 'custom', content: 'now' } });
    await kernel.waitFor((one) => one.parent.msg_id === id && one.header.msg_type === 'comm_msg');
    await kernel.waitFor((one) => one.parent.msg_id === id && one.header.msg_type === 'status');
    // “Busy” for the cell follows the comm's “idle” at once.
    await new Promise((wake) => setTimeout(wake, 100));
    const last = kernel.published.filter((one) => one.header.msg_type === 'status').pop()!;
    expect(last.content['execution_state']).toBe('busy');
    expect(last.parent.msg_id).toBe(cell);
    await kernel.waitFor((one) => one.parent.msg_id === cell && one.content['execution_state'] === 'idle');
  });

  it('lose nothing in a burst of 1,500 messages', async () => {
    const before = kernel.published.length;
    await kernel.run('for (let i = 0; i < 1500; i++) model.send({ burst: i }, [new Uint8Array(100)]);');
    const numbers = (): unknown[] =>
      kernel.published
        .slice(before)
        .map((one) => (one.content['data'] as { content?: { burst?: number } } | undefined)?.content?.burst)
        .filter((one) => one !== undefined);
    await kernel.waitFor(
      (one) => (one.content['data'] as { content?: { burst?: number } } | undefined)?.content?.burst === 1499,
    );
    expect(numbers()).toEqual(Array.from({ length: 1500 }, (_, i) => i));
  });

  it('lose nothing in a burst from the front end', async () => {
    const before = kernel.published.length;
    for (let i = 0; i < 1500; i++)
      kernel.send('comm_msg', { comm_id: modelId, data: { method: 'custom', content: { up: i } } });
    const echoes = (): unknown[] =>
      kernel.published
        .slice(before)
        .map(
          (one) =>
            (one.content['data'] as { content?: { echo?: { up?: number } } } | undefined)?.content?.echo?.up,
        )
        .filter((one) => one !== undefined);
    await kernel.waitFor(
      (one) =>
        (one.content['data'] as { content?: { echo?: { up?: number } } } | undefined)?.content?.echo?.up ===
        1499,
    );
    expect(echoes()).toEqual(Array.from({ length: 1500 }, (_, i) => i));
  });
});

describe('the rest of the protocol', () => {
  it('answers history_request with an empty history', async () => {
    const reply = await kernel.request('history_request', {
      output: false,
      raw: true,
      hist_access_type: 'tail',
    });
    expect(reply.header.msg_type).toBe('history_reply');
    expect(reply.content).toEqual({ status: 'ok', history: [] });
  });

  /** Starts a cell that waits for long; resolves when it does. */
  async function startWaiting(): Promise<string> {
    const cell = kernel.start(
      'console.log("waiting"); await new Promise((wake) => setTimeout(wake, 30_000));',
    );
    await kernel.waitFor((one) => one.parent.msg_id === cell && one.header.msg_type === 'stream');
    // A signal that comes while the cell's first, synchronous part still runs is taken by Node's vm module.
    await new Promise((wake) => setTimeout(wake, 200));
    return cell;
  }

  async function expectStopped(cell: string): Promise<void> {
    await kernel.waitFor((one) => one.parent.msg_id === cell && one.content['execution_state'] === 'idle');
    expect(kernel.result(cell).stderr).toContain('Interrupted');
    await new Promise((wake) => setTimeout(wake, 300));
    expect((await kernel.run('console.log("alive")')).stdout).toBe('alive\n');
  }

  it('answers interrupt_request on the control socket', async () => {
    const cell = await startWaiting();
    const reply = await kernel.request('interrupt_request', {}, true);
    expect(reply.header.msg_type).toBe('interrupt_reply');
    await expectStopped(cell);
  });

  it('stops a cell that awaits when the process is interrupted', async () => {
    const cell = await startWaiting();
    kernel.interrupt();
    await expectStopped(cell);
  });
});
