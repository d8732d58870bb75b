import type { ObjectRecord } from '../annotation';

type Named = Pick<ObjectRecord, 'id' | 'number' | 'name'>;

/** What each object is called where each has to be told from the others: its number too where others have its name. By id. */
export function objectNames(objects: readonly Named[]): ReadonlyMap<string, string> {
  const called = ({ name, number }: Named): string => {
    const isPlain = objects.filter((one) => one.name === name).length === 1 && !/ \(#\d+\)$/.test(name);
    return isPlain ? name : `${name} (#${number})`;
  };
  return new Map(objects.map((one) => [one.id, called(one)]));
}
