/** One line that is written over while something goes on; nothing where output is no terminal. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #shown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** `share`: 0 to 1, drawn as a bar. */
  show(text: string, share?: number): void {
    if (!this.#stream.isTTY) return;
    const filled = Math.round((share ?? 0) * 24);
    const bar = share === undefined ? '' : `[${'█'.repeat(filled)}${'·'.repeat(24 - filled)}] `;
    this.#stream.write(`\r\x1b[2K${bar}${text}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\x1b[2K');
    this.#shown = false;
  }
}
