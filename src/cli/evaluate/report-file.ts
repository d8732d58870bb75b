import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandError, refusalWords } from '../../errors';

/** Where a page goes that hours of work come before: looked at before they begin. */
export class ReportFile {
  readonly #path: string;

  /** Throws a CommandError where no file can be written. */
  constructor(path: string) {
    this.#path = resolve(path);
    const folder = dirname(this.#path);
    const there = statSync(folder, { throwIfNoEntry: false });
    const wrong = !there
      ? `there is no folder ${folder}`
      : !there.isDirectory()
        ? `${folder} is a file`
        : statSync(this.#path, { throwIfNoEntry: false })?.isDirectory()
          ? 'it is a folder'
          : canWrite(folder)
            ? null
            : `${folder} may not be written to`;
    if (wrong !== null)
      throw new CommandError(`No page can be written to ${path}: ${wrong}. Nothing was computed.`, { path });
  }

  /** Throws a CommandError where it cannot be written any more. */
  write(page: string): void {
    try {
      writeFileSync(this.#path, page);
    } catch (error) {
      throw new CommandError(
        `The page could not be written to ${this.#path}: ${refusalWords(error)}. The table above is all there is.`,
        { path: this.#path },
        error,
      );
    }
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
