import { ProgressLine } from './progress-line';

/** How far something is: `done` of `total` of what `what` names. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** In the words that people see. */
  readonly text: string;
}

/**
 * How a command speaks: the result on stdout, everything else on stderr. For people sentences, with a bar on a terminal
 * and none in a pipe; for machines (`--json`) one JSON value on stdout, and on stderr one JSON object a line: `progress`,
 * `notice`, `error` (docs/command-line.md).
 */
export class Output {
  readonly json: boolean;
  readonly #line = new ProgressLine(process.stderr);

  constructor({ json }: { readonly json?: boolean }) {
    this.json = json === true;
  }

  /** What came of the command. `text` ends its lines. */
  result(value: unknown, text: string): void {
    this.#line.clear();
    process.stdout.write(this.json ? `${JSON.stringify(value, null, 1)}\n` : text);
  }

  /** Something that should be known, and is no reason to stop. */
  notice(text: string): void {
    this.#line.clear();
    process.stderr.write(this.json ? `${JSON.stringify({ notice: text })}\n` : `${text}\n`);
  }

  progress({ what, done, total, text }: Progress): void {
    if (this.json) process.stderr.write(`${JSON.stringify({ progress: { what, done, total } })}\n`);
    else this.#line.show(text, done / Math.max(1, total));
  }

  /** Takes the bar away. */
  end(): void {
    this.#line.clear();
  }
}
