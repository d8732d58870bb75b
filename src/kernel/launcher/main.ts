import { isMaskletError } from '../../errors';
import { installKernelHost } from '../comm';
import type { Json } from '../comm';
import { repairCell } from './cell-repair';
import { serveCellTypes, servePackages } from './cell-types';
import { CommServer } from './comm-server';
import { loadTslab } from './tslab-parts';
import type { TslabParts, TslabTypeScript } from './tslab-parts';

// The program of the kernel “TypeScript (Masklet)”: tslab with comms, typed imports of masklet and a few repairs.

const displayable = Symbol.for('Jupyter.display');

/** A data frame of arquero. */
interface Frame {
  numRows(): number;
  toHTML(options: { readonly limit: number }): string;
  toMarkdown(options: { readonly limit: number }): string;
}

function isFrame(value: unknown): value is Frame {
  const { numRows, toHTML, toMarkdown } = (value ?? {}) as Partial<Frame>;
  return [numRows, toHTML, toMarkdown].every((one) => typeof one === 'function');
}

/** Its first rows as a table, for the eye and in words. */
function frameBundle(frame: Frame): Record<string, Json> {
  const limit = 20;
  const rest = frame.numRows() - limit;
  const more = rest > 0 ? `… and ${rest} rows more` : '';
  return {
    'text/html': `${frame.toHTML({ limit })}${more === '' ? '' : `<p>${more}</p>`}`,
    'text/plain': `${frame.toMarkdown({ limit })}${more}`,
  };
}

/** The last expression of a cell is shown as what it says it is; everything else is printed as tslab does. */
function showResults(parts: TslabParts, server: CommServer, typescript: TslabTypeScript): void {
  const original = parts.executor.createExecutor;
  parts.executor.createExecutor = (root, converters, console) => {
    const log = (value: unknown): void => {
      const show = (value as { [displayable]?: () => Record<string, Json> } | null)?.[displayable];
      if (typeof show === 'function') server.display(show.call(value));
      else if (isFrame(value)) server.display(frameBundle(value));
      else console.log(value);
    };
    // What a user did wrong is said in a sentence; a stack says nothing to them.
    const error = (...values: unknown[]): void =>
      console.error(...values.map((value) => (isMaskletError(value) ? value.message : value)));
    const executor = original(root, converters, { log, error });
    const { execute } = executor;
    executor.execute = (source) => execute(repairCell(source, typescript));
    return executor;
  };
}

function start(): void {
  const typescript = serveCellTypes();
  const parts = loadTslab();
  const server = new CommServer(parts);
  server.attach();
  installKernelHost(server);
  servePackages();
  showResults(parts, server, typescript);
  const at = process.argv.indexOf('--config-path');
  parts.main.startKernel({ configPath: process.argv[at + 1] ?? '', enableFindLocal: false, jsKernel: false });
}

try {
  start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
