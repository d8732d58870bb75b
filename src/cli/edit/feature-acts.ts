import type { FeatureRecord, FeatureValue } from '../../annotation';
import { act, featureValue, frame, given, names, oneOf, optional, text } from './act';
import type { Act } from './act';

const object = text('NAME');
const feature = text('FEATURE');

/** A word as a value of a feature’s type: words of the command line are text. */
function typed({ type }: FeatureRecord, value: FeatureValue | null): FeatureValue | null {
  if (typeof value !== 'string') return value;
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** Features and their values. */
export const featureActs: Readonly<Record<string, Act>> = {
  'add-feature': act(
    'something to note of objects over time; a choice where there are options',
    {
      name: feature,
      type: optional(oneOf('text', 'number', 'boolean', 'choice')),
      options: optional(names('A,B,…')),
    },
    async ({ name, ...wanted }, { session }) => {
      session.features.add({ name, ...given(wanted) });
    },
  ),
  'change-feature': act(
    'another name, other options',
    { feature, name: optional(feature), options: optional(names('A,B,…')) },
    async ({ feature: which, ...patch }, { session }) => session.features.change(which, given(patch)),
  ),
  'remove-feature': act('with all its values', { feature }, async ({ feature: which }, { session }) =>
    session.features.remove(which),
  ),
  'set-feature': act(
    'from a frame on, until its next change; nothing as value ends it',
    { object, feature, frame, value: featureValue },
    async ({ object: name, feature: which, frame: from, value }, { session }) => {
      const record = session.features.get(which);
      await session.objects.get(name).setFeature(which, from, typed(record, value));
    },
  ),
  'clear-feature': act(
    'takes the change of a frame away',
    { object, feature, frame },
    async ({ object: name, feature: which, frame: from }, { session }) =>
      session.objects.get(name).clearFeature(which, from),
  ),
};
