import { statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandError, refusalWords } from '../../errors';
import { tryWriting } from '../../session';

/** Where a page goes that hours of work come before: looked at before they begin. */
export class ReportFile {
  readonly #path: string;

  /** Throws a CommandError where no file can be written. */
  constructor(path: string) {
    this.#path = resolve(path);
    const obstacle = obstacleTo(this.#path);
    if (obstacle !== null)
      throw new CommandError(`No page can be written to ${path}: ${obstacle}. Nothing was computed.`, {
        path,
      });
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

/** Why no file can be written there; null where one can. No folder is made for it. */
function obstacleTo(path: string): string | null {
  const folder = dirname(path);
  const there = statSync(folder, { throwIfNoEntry: false });
  if (!there) return `there is no folder ${folder}`;
  if (!there.isDirectory()) return `${folder} is a file`;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return 'it is a folder';
  try {
    tryWriting(folder);
    return null;
  } catch {
    return `${folder} may not be written to`;
  }
}
