import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { ModelError } from '../../errors';

/** A file read by place. Nothing is read beyond its end; nothing is held but what was asked for. */
export class ByteFile {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  /** Rejects with a ModelError when there is no file to read. */
  static async open(path: string): Promise<ByteFile> {
    try {
      const handle = await open(path, 'r');
      const stat = await handle.stat();
      if (stat.isFile()) return new ByteFile(path, stat.size, handle);
      await handle.close();
      throw new Error('it is not a file');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : '';
      const text = why || (error instanceof Error ? error.message : String(error));
      throw new ModelError(
        `${path} cannot be opened: ${text}. Give the path of a .pt or .safetensors file.`,
        { path },
        error,
      );
    }
  }

  /** `length` bytes from `offset` on. Rejects with a ModelError where the file has none. */
  async read(offset: number, length: number): Promise<Buffer> {
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0)
      throw this.damaged('a place in it is no place');
    if (offset + length > this.size) throw this.damaged('it ends too early');
    const bytes = Buffer.alloc(length);
    let at = 0;
    while (at < length) {
      const { bytesRead } = await this.#handle.read(bytes, at, length - at, offset + at);
      if (bytesRead === 0) throw this.damaged('it ends too early');
      at += bytesRead;
    }
    return bytes;
  }

  /** The sentence for a file that is not what it should be. */
  damaged(why: string): ModelError {
    return new ModelError(
      `${this.path} cannot be read as a checkpoint: ${why}. Nothing was changed. Download the file again, or check that it is a PyTorch .pt or a .safetensors file.`,
      { path: this.path },
    );
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
