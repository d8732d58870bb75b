import { EditError } from '../errors';
import type { DocumentContent } from './document-content';
import type { FeaturePatch } from './edits';
import type { FeatureChange, FeatureRecord, FeatureValue } from './records';

const kept = 'Nothing was changed.';

type Known = Pick<DocumentContent, 'features' | 'featureChanges'>;

/** The feature of an id. Throws an EditError for one that is not there. */
export function requireFeature({ features }: Pick<Known, 'features'>, id: string): FeatureRecord {
  const found = features.find((one) => one.id === id);
  if (found) return found;
  throw new EditError(`There is no feature with the id ${id}; it may have been removed. ${kept}`, { id });
}

/** Throws an EditError for a feature that cannot be added. */
export function checkFeature(known: Known, feature: FeatureRecord): void {
  checkFeatureName(known, feature.name, feature.id);
  if (!['text', 'number', 'boolean', 'choice'].includes(feature.type))
    throw new EditError(
      `A feature's type is “text”, “number”, “boolean” or “choice”, not “${feature.type}”. ${kept}`,
    );
  checkOptions(feature.type, feature.options);
}

/** Throws an EditError for a change that would leave values without meaning. */
export function checkFeaturePatch(known: Known, featureId: string, patch: FeaturePatch): void {
  const feature = requireFeature(known, featureId);
  if (patch.name !== undefined) checkFeatureName(known, patch.name, featureId);
  if (patch.options === undefined) return;
  checkOptions(feature.type, patch.options);
  const gone = known.featureChanges.find(
    ({ featureId: id, value }) =>
      id === featureId && value !== null && !patch.options!.includes(String(value)),
  );
  if (gone)
    throw new EditError(
      `“${String(gone.value)}” is in use on frame ${gone.frame}, so it stays an option of “${feature.name}”. ${kept}`,
    );
}

/** Throws an EditError for a value that is not of the feature's type. */
export function checkFeatureChange(
  { name, type, options }: FeatureRecord,
  change: Pick<FeatureChange, 'value'> | null,
): void {
  const value: FeatureValue | null = change ? change.value : null;
  if (value === null) return;
  const fits = {
    text: typeof value === 'string' && value.length <= 10_000,
    number: typeof value === 'number' && Number.isFinite(value),
    boolean: typeof value === 'boolean',
    choice: typeof value === 'string' && options.includes(value),
  }[type];
  if (fits) return;
  const wanted = {
    text: 'a text',
    number: 'a number',
    boolean: 'true or false',
    choice: `one of ${options.map((one) => `“${one}”`).join(', ')}`,
  }[type];
  throw new EditError(`“${name}” is ${wanted}, not ${JSON.stringify(value)}. ${kept}`);
}

function checkFeatureName({ features }: Known, name: string, id: string): void {
  if (name.trim() === '') throw new EditError(`A feature needs a name. ${kept}`);
  if (features.some((one) => one.name === name && one.id !== id))
    throw new EditError(`There is a feature named “${name}” already. ${kept}`);
}

function checkOptions(type: FeatureRecord['type'], options: readonly string[]): void {
  if (type !== 'choice' && options.length > 0)
    throw new EditError(`Only a feature of the type “choice” has options. ${kept}`);
  if (type === 'choice' && (options.length < 1 || new Set(options).size !== options.length))
    throw new EditError(`A feature of the type “choice” has one option or more, each once. ${kept}`);
}
