import { toWireError, fromWireError } from '../../errors';
import { sweepShelves } from '../tracking';
import type { Frame } from '../video';
import { EngineServer } from './engine-server';
import type { FromEngine, ToEngine } from './wire';

// The engine's program: forked by EngineClient, ends when its parent goes. Its argument is the cache's size in bytes.

const runs = new Map<number, AbortController>();
const awaited = new Map<number, { resolve: (frame: Frame) => void; reject: (error: Error) => void }>();
let nextAwaited = 1;

function post(message: FromEngine): void {
  // A parent that was killed hears nothing any more, and neither does anybody else.
  process.send?.(message, (error: Error | null) => {
    if (error) process.exit(0);
  });
}

const server = new EngineServer(
  (key, index) =>
    new Promise((resolve, reject) => {
      const id = nextAwaited++;
      awaited.set(id, { resolve, reject });
      post({ type: 'need-array-frame', id, key, index });
    }),
  process.argv[2] === undefined ? undefined : Number(process.argv[2]),
);

async function answer(message: Extract<ToEngine, { type: 'call' }>): Promise<void> {
  try {
    post({ type: 'answer', id: message.id, value: await server.call(message.name, message.request) });
  } catch (error) {
    post({ type: 'error', id: message.id, error: toWireError(error) });
  }
}

async function run(message: Extract<ToEngine, { type: 'run' }>): Promise<void> {
  const controller = new AbortController();
  runs.set(message.id, controller);
  try {
    for await (const step of server.run(message.run, controller.signal))
      post({ type: 'step', id: message.id, step });
    post({ type: 'end', id: message.id });
  } catch (error) {
    post({ type: 'error', id: message.id, error: toWireError(error) });
  } finally {
    runs.delete(message.id);
  }
}

process.on('message', (message: ToEngine) => {
  switch (message.type) {
    case 'call':
      void answer(message);
      return;
    case 'run':
      void run(message);
      return;
    case 'cancel':
      runs.get(message.id)?.abort();
      return;
    case 'array-frame': {
      const waiting = awaited.get(message.id);
      awaited.delete(message.id);
      if (message.frame) waiting?.resolve(message.frame);
      else if (message.error) waiting?.reject(fromWireError(message.error));
      return;
    }
  }
});
// A stop pressed in the notebook reaches the whole process group; runs are cancelled by message instead.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('exit', () => server.dispose());
sweepShelves();
post({ type: 'ready', pid: process.pid });
