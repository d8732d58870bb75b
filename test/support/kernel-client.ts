import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import { decodeMessage, encodeMessage, queueSends } from '../../src/kernel/comm';
import type { WireMessage } from '../../src/kernel/comm';

const launcher = resolve(__dirname, '..', '..', 'dist', 'kernel', 'launcher', 'main.js');

// A burst of requests is sent one after the other, as the kernel does it.
queueSends([Dealer]);

/** What running a cell gave. */
export interface CellResult {
  readonly status: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Mime bundles, in order. */
  readonly displays: readonly Record<string, unknown>[];
}

/** A front end for tests: starts the real kernel as Jupyter does and talks to it through its ZeroMQ sockets. */
export class KernelClient {
  readonly #process: ChildProcess;
  readonly #key: string = randomUUID();
  readonly #session: string = randomUUID();
  readonly #shell = new Dealer();
  readonly #control = new Dealer();
  readonly #iopub = new Subscriber();
  readonly #folder: string;
  /** Everything the kernel published, in order. */
  readonly published: WireMessage[] = [];
  readonly #replies: WireMessage[] = [];
  #wake: (() => void)[] = [];

  private constructor(cwd: string, ports: readonly number[]) {
    if (!existsSync(launcher)) throw new Error('the kernel is not built: run `npm run setup` first');
    this.#folder = mkdtempSync(join(tmpdir(), 'masklet-kernel-'));
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    const file = join(this.#folder, 'connection.json');
    const connection = { shell_port, iopub_port, stdin_port, control_port, hb_port };
    const how = {
      ip: '127.0.0.1',
      transport: 'tcp',
      key: this.#key,
      signature_scheme: 'hmac-sha256',
      kernel_name: 'masklet',
    };
    writeFileSync(file, JSON.stringify({ ...connection, ...how }));
    this.#process = spawn(process.execPath, [launcher, '--config-path', file], {
      cwd,
      env: { ...process.env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#iopub.receiveHighWaterMark = 0;
    this.#shell.connect(`tcp://127.0.0.1:${shell_port}`);
    this.#control.connect(`tcp://127.0.0.1:${control_port}`);
    this.#iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
    this.#iopub.subscribe();
    void this.#listen(this.#iopub, this.published);
    void this.#listen(this.#shell, this.#replies);
    void this.#listen(this.#control, this.#replies);
  }

  /** Starts a kernel in a folder; a fresh empty one where none is given. */
  static async start(cwd?: string): Promise<KernelClient> {
    const folder = cwd ?? mkdtempSync(join(tmpdir(), 'masklet-notebook-'));
    const client = new KernelClient(folder, await freePorts(5));
    // The first requests may come before the sockets are bound, and the first words before we subscribe.
    for (let tries = 0; tries < 40; tries++) {
      const id = client.send('kernel_info_request', {});
      const answered = await client
        .waitFor((one) => one.parent.msg_id === id, client.published, 1000)
        .catch(() => null);
      if (answered) return client;
    }
    throw new Error('the kernel did not start');
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Sends a request; answers with its id. */
  send(
    type: string,
    content: Record<string, unknown>,
    options: { buffers?: readonly Uint8Array[]; control?: boolean; metadata?: WireMessage['metadata'] } = {},
  ): string {
    const msg_id = randomUUID();
    const header = {
      msg_id,
      msg_type: type,
      session: this.#session,
      username: 'test',
      date: new Date().toISOString(),
      version: '5.3',
    };
    const { buffers = [], control = false, metadata = {} } = options;
    const frames = encodeMessage(
      { identities: [], header, parent: {}, metadata, content, buffers },
      this.#key,
    );
    void (control ? this.#control : this.#shell).send(frames);
    return msg_id;
  }

  /** Sends a request and waits for its reply on the same socket. */
  async request(type: string, content: Record<string, unknown>, control = false): Promise<WireMessage> {
    const id = this.send(type, content, { control });
    return this.waitFor((one) => one.parent.msg_id === id, this.#replies);
  }

  /** Runs a cell to its end. */
  async run(code: string, timeout = 60_000): Promise<CellResult> {
    const id = this.start(code);
    const reply = await this.waitFor((one) => one.parent.msg_id === id, this.#replies, timeout);
    await this.waitFor(
      (one) => one.parent.msg_id === id && one.content['execution_state'] === 'idle',
      this.published,
    );
    const status = String(reply.content['status']);
    // tslab drops what comes within 200 ms of a cell that failed.
    if (status === 'error') await new Promise((wake) => setTimeout(wake, 300));
    return this.#result(id, status);
  }

  /** Starts a cell; answers with its id. */
  start(code: string): string {
    return this.send('execute_request', {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
    });
  }

  /** What a cell that was started has printed so far. */
  result(id: string): CellResult {
    return this.#result(id, 'running');
  }

  /** Presses stop. */
  interrupt(): void {
    this.#process.kill('SIGINT');
  }

  /** The first message that fits, among those that came and those to come. */
  async waitFor(
    fits: (message: WireMessage) => boolean,
    among: readonly WireMessage[] = this.published,
    timeout = 20_000,
  ): Promise<WireMessage> {
    const end = Date.now() + timeout;
    for (;;) {
      const found = among.find(fits);
      if (found) return found;
      if (Date.now() > end) throw new Error(`no such message came within ${timeout} ms`);
      await new Promise<void>((wake) => {
        this.#wake.push(wake);
        setTimeout(wake, 50);
      });
    }
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill('SIGKILL');
    await gone;
    for (const socket of [this.#shell, this.#control, this.#iopub]) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #result(id: string, status: string): CellResult {
    const mine = this.published.filter((one) => one.parent.msg_id === id);
    const text = (name: string): string =>
      mine
        .filter((one) => one.header.msg_type === 'stream' && one.content['name'] === name)
        .map((one) => String(one.content['text']))
        .join('');
    const shown = mine.filter((one) => one.header.msg_type === 'display_data');
    const displays = shown.map((one) => one.content['data'] as Record<string, unknown>);
    return { status, stdout: text('stdout'), stderr: text('stderr'), displays };
  }

  async #listen(socket: Dealer | Subscriber, into: WireMessage[]): Promise<void> {
    for await (const frames of socket) {
      into.push(decodeMessage(frames, this.#key));
      this.#wake.splice(0).forEach((wake) => wake());
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((done) =>
          server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
