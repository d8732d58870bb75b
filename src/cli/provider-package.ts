import { Unzip, UnzipInflate } from 'fflate';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CommandError } from '../errors';

/** What onnxruntime needs for CUDA on Linux, beside its own library. */
const wanted = ['libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so'];
const unchanged = 'Nothing was changed.';

/**
 * Takes the CUDA files out of a package that has them, a wheel of PyPI's onnxruntime-gpu or NuGet's
 * Microsoft.ML.OnnxRuntime.Gpu.Linux, into `folder`. Rejects with a CommandError where it is none, is damaged, or is of
 * another version than `version`: libraries of two versions do not fit together. Then all is as it was.
 */
export async function takeCudaFiles(path: string, folder: string, version: string): Promise<void> {
  if (!existsSync(path)) throw new CommandError(`There is no file ${path}. ${unchanged}`);
  const fresh = (name: string): string => join(folder, `${name}.new`);
  try {
    const found = await unpack(path, fresh);
    if (found.version !== version)
      throw new CommandError(
        `${basename(path)} holds ${found.version === null ? 'no onnxruntime' : `onnxruntime ${found.version}`}, and only the files of ${version} fit here. ${unchanged} Download onnxruntime-gpu ${version} from PyPI (CUDA 13), or NuGet’s Microsoft.ML.OnnxRuntime.Gpu.Linux ${version}.`,
      );
    const missing = wanted.filter((one) => !found.files.has(one));
    if (missing.length > 0)
      throw new CommandError(
        `${basename(path)} has no ${missing.join(' and no ')}. ${unchanged} It must be the package for Linux on x64.`,
      );
    const damaged = wanted.filter(
      (one) => (found.recorded.get(one) ?? found.files.get(one)) !== found.files.get(one),
    );
    if (damaged.length > 0)
      throw new CommandError(
        `${basename(path)} is damaged: ${damaged.join(' and ')} is not what the package says. ${unchanged} Download it again.`,
      );
    for (const name of wanted) renameSync(fresh(name), join(folder, name));
  } finally {
    for (const name of wanted) rmSync(fresh(name), { force: true });
  }
}

interface Unpacked {
  /** SHA-256 of the files that were written, as a wheel's RECORD has it. */
  readonly files: ReadonlyMap<string, string>;
  /** The same as the package says; NuGet's do not. */
  readonly recorded: ReadonlyMap<string, string>;
  readonly version: string | null;
}

/** What a zip file ends with (PKWARE's APPNOTE, 4.3.16), and how far from its end that may begin. */
const ending = Buffer.from([0x50, 0x4b, 5, 6]);
const endingWithin = 22 + 0xffff;

/** Writes the wanted files to where `place` says, piece by piece: they take hundreds of megabytes. */
async function unpack(path: string, place: (name: string) => string): Promise<Unpacked> {
  const files = new Map<string, string>();
  let tail: Buffer = Buffer.alloc(0);
  let about = '';
  let failure: Error | null = null;
  const zip = new Unzip((entry) => {
    const name = basename(entry.name);
    const isLibrary = wanted.includes(name);
    const tells = /\.dist-info\/(METADATA|RECORD)$|\.nuspec$/.test(entry.name);
    if (!isLibrary && !tells) return;
    const file = isLibrary ? openSync(place(name), 'w') : null;
    const hash = createHash('sha256');
    entry.ondata = (error, data, final): void => {
      failure ??= error;
      if (file === null) about += error ? '' : `${Buffer.from(data).toString('latin1')}${final ? '\n' : ''}`;
      else if (!error) {
        writeSync(file, data);
        hash.update(data);
      }
      if (file === null || !(final || error)) return;
      closeSync(file);
      if (!error) files.set(name, hash.digest('base64url'));
    };
    entry.start();
  });
  zip.register(UnzipInflate);
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
      zip.push(bytes as Buffer);
      tail = Buffer.concat([tail, bytes as Buffer]).subarray(-endingWithin);
      if (failure) break;
    }
    if (!failure) zip.push(new Uint8Array(0), true);
    if (!isWhole(tail)) failure ??= new Error('it ends too early');
  } catch (error) {
    failure = error as Error;
  }
  if (failure)
    throw new CommandError(
      `${basename(path)} is damaged, or neither wheel nor NuGet package (${failure.message}). ${unchanged}`,
    );
  const version = /^Version: *(\S+)|<version>([^<]+)<\/version>/m.exec(about);
  const recorded = new Map(
    [...about.matchAll(/^(?:[^,\n]*\/)?([^,/\n]+),sha256=([\w-]+),/gm)].map(([, name, sum]) => [name!, sum!]),
  );
  return { files, recorded, version: version ? (version[1] ?? version[2]!).trim() : null };
}

/** True where a file's last bytes hold all of a zip file's ending, whose last two bytes say how long the comment after it is. */
function isWhole(tail: Buffer): boolean {
  const at = tail.lastIndexOf(ending);
  return at >= 0 && at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) <= tail.length;
}
