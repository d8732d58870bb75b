import { ModelError } from '../../errors';
import { catalogueEntry, embeddedModel, isAdded, modelEntries } from '../catalogue';
import type { TrackingModel } from '../tracking';
import { loadEmbedded } from './load-embedded';
import { loadSam2 } from './load-sam2';
import type { LoadOptions } from './load-options';

/** Loads a model; its code and files are read only now. Rejects with a ModelError that lists the names there are. */
export async function loadModel(name: string, options: LoadOptions): Promise<TrackingModel> {
  if (name === embeddedModel) return loadEmbedded(options);
  if (name === 'synthetic') return new (await import('../synthetic')).SyntheticModel();
  if (isAdded(name)) return loadSam2(name, options);
  if (catalogueEntry(name))
    throw new ModelError(
      `The model ${name} is not on this machine yet. Run \`npx masklet models add ${name}\` once; until then ${embeddedModel} is here.`,
      { name },
    );
  const names = (await modelEntries()).map((one) => one.name).join(', ');
  throw new ModelError(`There is no model “${name}”. There are: ${names}.`, { name });
}
