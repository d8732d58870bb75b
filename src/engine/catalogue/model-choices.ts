import { catalogue, catalogueEntry, embeddedModel } from './catalogue';
import type { ModelCost } from './catalogue';
import { addedModels, isAdded, readRecord } from './model-folder';

/** A model that can be chosen. */
export interface ModelEntry {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** True when it can be used at once; otherwise it must be added first. */
  readonly ready: boolean;
  /** Bytes to download, where it is not ready. */
  readonly downloadBytes: number | null;
  /** What it takes on two cores; null where nobody measured. */
  readonly cost: ModelCost | null;
  readonly caution: string | null;
  /** True where the setting `fast` makes it quicker. */
  readonly offersFast: boolean;
}

const embedded: ModelEntry = {
  name: embeddedModel,
  title: 'MobileSAM',
  licence: 'Apache-2.0',
  ready: true,
  downloadBytes: null,
  cost: { peakMiB: 900, encodeSeconds: 0.8, trackSeconds: 0.4 },
  caution: null,
  offersFast: true,
};

/** All models that can be chosen: the embedded one, those of the catalogue, and what else was added. */
export async function modelEntries(): Promise<ModelEntry[]> {
  const known = catalogue().map(({ config, checkpoint, cost, caution }) => ({
    name: config.name,
    title: config.title,
    licence: config.licence,
    ready: isAdded(config.name),
    downloadBytes: checkpoint.bytes,
    cost,
    caution,
    offersFast: false,
  }));
  const others = (await addedModels()).filter((name) => !catalogueEntry(name));
  const own = await Promise.all(
    others.map(async (name): Promise<ModelEntry> => {
      const { title, licence } = (await readRecord(name)).config;
      return {
        ...{ name, title, licence, ready: true, downloadBytes: null },
        ...{ cost: null, caution: null, offersFast: false },
      };
    }),
  );
  return [embedded, ...known, ...own];
}

/**
 * The model to use where nobody chose one: the best that is here. EdgeTAM before the larger ones, since they take
 * several seconds a frame on a CPU; the embedded one where none was added.
 */
export function defaultModel(): string {
  const added = catalogue().filter((one) => isAdded(one.config.name) && !one.caution);
  return added[0]?.config.name ?? embeddedModel;
}
