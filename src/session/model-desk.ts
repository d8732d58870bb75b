import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedModel, modelEntries, modelsFolder } from '../engine/catalogue';
import type { ModelEntry } from '../engine/catalogue';
import { ModelError } from '../errors';

/** How far the adding of a model is. */
export interface AddingStep {
  readonly stage: 'downloading' | 'converting' | 'testing';
  readonly done: number;
  readonly total: number;
}

/** How to add a model from a notebook. */
export interface AddModelOptions {
  /** A checkpoint that is on this machine already: `.pt` or `.safetensors`. */
  readonly from?: string;
  /** Another place to fetch the official file from. */
  readonly mirror?: string;
  readonly onStep?: (step: AddingStep) => void;
  readonly signal?: AbortSignal;
  /** The command's program, where it is not beside this file. */
  readonly program?: string;
}

/** The models that can be used and added, with what each costs. */
export function listModels(): Promise<ModelEntry[]> {
  return modelEntries();
}

/**
 * Fetches a model, writes its weights and tests it, in a process of its own: it takes seconds of computing during
 * which a notebook should stay awake. Resolves with warnings; rejects with a ModelError that says what to do.
 */
export async function addModel(name: string, options: AddModelOptions = {}): Promise<readonly string[]> {
  const program = options.program ?? join(__dirname, '..', 'cli', 'main.js');
  const from = options.from === undefined ? [] : ['--from', options.from];
  const mirror = options.mirror === undefined ? [] : ['--mirror', options.mirror];
  const child = spawn(process.execPath, [program, 'models', 'add', name, '--json', ...from, ...mirror], {
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = (): void => void child.kill('SIGINT');
  options.signal?.addEventListener('abort', stop, { once: true });
  const lines = new LineReader((line) => {
    const message = JSON.parse(line) as AddingStep | { readonly warnings: readonly string[] };
    if ('warnings' in message) warnings = message.warnings;
    else options.onStep?.(message);
  });
  let warnings: readonly string[] = [];
  let reason = '';
  child.stdout.on('data', (data: Buffer) => lines.take(data.toString('utf8')));
  child.stderr.on('data', (data: Buffer) => (reason += data.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => options.signal?.removeEventListener('abort', stop));
  if (code === 0) return warnings;
  throw new ModelError(reason.trim() || `Adding ${name} was stopped. Nothing was changed.`, { name });
}

/** Text that comes in pieces, line by line. */
class LineReader {
  #rest = '';
  readonly #line: (line: string) => void;

  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    lines.filter((one) => one.trim() !== '').forEach((one) => this.#line(one));
  }
}

/**
 * The model to offer to someone who has only the embedded one: once on a machine, then never again. Null when there
 * is nothing to offer, or `MASKLET_OFFERS` is `off`.
 */
export async function modelToOffer(): Promise<ModelEntry | null> {
  if (process.env['MASKLET_OFFERS'] === 'off') return null;
  const marker = join(modelsFolder(), '.offered');
  if (existsSync(marker)) return null;
  const entries = await modelEntries();
  if (entries.some((one) => one.ready && one.name !== embeddedModel)) return null;
  try {
    mkdirSync(modelsFolder(), { recursive: true });
    writeFileSync(marker, new Date().toISOString());
  } catch {
    // Where nothing can be written down, nobody is asked again and again.
    return null;
  }
  return entries.find((one) => one.name === 'edgetam') ?? null;
}
