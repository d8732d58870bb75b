import { Unzip, UnzipInflate } from 'fflate';
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
    for (const name of wanted) renameSync(fresh(name), join(folder, name));
  } finally {
    for (const name of wanted) rmSync(fresh(name), { force: true });
  }
}

interface Unpacked {
  readonly files: ReadonlySet<string>;
  readonly version: string | null;
}

/** Writes the wanted files to where `place` says, piece by piece: they take hundreds of megabytes. */
async function unpack(path: string, place: (name: string) => string): Promise<Unpacked> {
  const files = new Set<string>();
  let about = '';
  let failure: Error | null = null;
  const zip = new Unzip((entry) => {
    const name = basename(entry.name);
    const isLibrary = wanted.includes(name);
    const tells = entry.name.endsWith('.dist-info/METADATA') || entry.name.endsWith('.nuspec');
    if (!isLibrary && !tells) return;
    const file = isLibrary ? openSync(place(name), 'w') : null;
    entry.ondata = (error, data, final): void => {
      failure ??= error;
      if (file !== null && !error) writeSync(file, data);
      else if (!error) about += Buffer.from(data).toString('latin1');
      if (file === null || !(final || error)) return;
      closeSync(file);
      if (!error) files.add(name);
    };
    entry.start();
  });
  zip.register(UnzipInflate);
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
      zip.push(bytes as Buffer);
      if (failure) break;
    }
    if (!failure) zip.push(new Uint8Array(0), true);
  } catch (error) {
    failure = error as Error;
  }
  if (failure)
    throw new CommandError(
      `${basename(path)} is damaged, or neither wheel nor NuGet package (${failure.message}). ${unchanged}`,
    );
  const version = /^Version: *(\S+)|<version>([^<]+)<\/version>/m.exec(about);
  return { files, version: version ? (version[1] ?? version[2]!).trim() : null };
}
