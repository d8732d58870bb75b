import { createRequire } from 'node:module';
import { KernelError } from '../../errors';
import type { SocketClass } from '../comm';

/** The version of tslab whose inside is known here. */
const known = '1.0.22';

/** What tslab's ZeroMQ server has inside. */
export interface TslabServer {
  connInfo: { readonly key: string };
  iopub: PublishingSocket;
  handleShellMessage: (this: TslabServer, socket: RoutingSocket, ...frames: Uint8Array[]) => Promise<void>;
  bindSocket: (this: TslabServer, socket: object, port: number) => Promise<void>;
}

/** What is used of the publishing socket. */
export interface PublishingSocket {
  send(frames: unknown): Promise<void>;
  sendHighWaterMark: number;
}

/** What is used of the shell and control sockets. */
export interface RoutingSocket {
  send(frames: unknown): Promise<void>;
}

/** tslab's way to show a mime bundle in the cell that runs. */
export type WriteDisplayData = (
  data: { data: object; metadata: object; transient: object },
  update: boolean,
) => void;

/** Runs cells. */
export interface TslabExecutor {
  execute: (source: string) => Promise<boolean>;
}

type CreateExecutor = (
  root: string,
  converters: unknown,
  console: { log: (value: unknown) => void; error: (...values: unknown[]) => void },
) => TslabExecutor;

/** The parts of tslab that are built upon. */
export interface TslabParts {
  readonly jupyter: {
    readonly ZmqServer: { prototype: TslabServer };
    lastWriteDisplayData: WriteDisplayData | null;
  };
  readonly executor: { createExecutor: CreateExecutor };
  readonly main: {
    startKernel(options: { configPath: string; enableFindLocal: boolean; jsKernel: boolean }): void;
  };
  readonly zeromq: { readonly Publisher: SocketClass; readonly Router: SocketClass };
}

/** What is used of the TypeScript inside tslab. */
export type TslabTypeScript = typeof import('typescript');

/**
 * Loads tslab and makes sure that it is the one whose inside is known. Throws a KernelError that says what is
 * wrong otherwise.
 */
export function loadTslab(): TslabParts {
  const { version } = require('tslab/package.json') as { version: string };
  if (version !== known) throw wrongShape(`it is version ${version}`);
  const jupyter = require('tslab/dist/jupyter.js') as TslabParts['jupyter'];
  const executor = require('tslab/dist/executor.js') as TslabParts['executor'];
  const main = require('tslab/dist/main.js') as TslabParts['main'];
  // tslab may have packages of its own beside it: take those that it takes.
  const fromTslab = createRequire(require.resolve('tslab/dist/jupyter.js'));
  const zeromq = fromTslab('zeromq') as TslabParts['zeromq'];
  const { prototype } = jupyter.ZmqServer;
  if (typeof prototype.handleShellMessage !== 'function')
    throw wrongShape('its server has no handleShellMessage');
  if (typeof prototype.bindSocket !== 'function') throw wrongShape('its server has no bindSocket');
  if (typeof executor.createExecutor !== 'function') throw wrongShape('it has no createExecutor');
  if (typeof main.startKernel !== 'function') throw wrongShape('it has no startKernel');
  return { jupyter, executor, main, zeromq };
}

function wrongShape(what: string): KernelError {
  return new KernelError(
    `The kernel cannot start: Masklet builds on tslab ${known}, and the tslab found here is another (${what}). Run \`npm run setup\` in Masklet's folder.`,
  );
}
