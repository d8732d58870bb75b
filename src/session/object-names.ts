import type { ObjectRecord } from '../annotation';
import { EditError } from '../errors';

type Named = Pick<ObjectRecord, 'id' | 'number' | 'name'>;

/** What each object is called where each has to be told from the others: its number too where others have its name. By id. */
export function objectNames(objects: readonly Named[]): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const { name } of objects) count.set(name, (count.get(name) ?? 0) + 1);
  const called = ({ name, number }: Named): string => {
    const isPlain = count.get(name) === 1 && !/ \(#\d+\)$/.test(name);
    return isPlain ? name : `${name} (#${number})`;
  };
  return new Map(objects.map((one) => [one.id, called(one)]));
}

/**
 * The object of a name, an id, or a number as `#2`; undefined where there is none. Throws an EditError where several have the
 * name; `kept` is what that leaves as it was, in a sentence.
 */
export function objectNamed<T extends Named>(objects: readonly T[], which: string, kept = ''): T | undefined {
  const [found, ...others] = objects.filter((one) => one.name === which);
  if (found && others.length > 0) {
    const numbers = [found, ...others].map(({ number }) => `#${number}`);
    throw new EditError(
      `${numbers.length} objects are named “${which}”.${spaced(kept)} Say which by its number: ${numbers.slice(0, -1).join(', ')} or ${numbers.at(-1)}.`,
      { name: which },
    );
  }
  return found ?? objects.find((one) => one.id === which || `#${one.number}` === which);
}

/** As {@link objectNamed}; throws an EditError that says what there is where there is none. */
export function findObject<T extends Named>(objects: readonly T[], which: string, kept = ''): T {
  const found = objectNamed(objects, which, kept);
  if (found) return found;
  const names = [...objectNames(objects).values()].map((one) => `“${one}”`).join(', ');
  throw new EditError(
    `There is no object “${which}”.${spaced(kept)} ${names ? `There are: ${names}.` : 'There are no objects yet.'}`,
    { name: which },
  );
}

function spaced(sentence: string): string {
  return sentence === '' ? '' : ` ${sentence}`;
}
