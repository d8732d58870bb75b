import type { FeatureValue } from '../../annotation';
import type { Run, RunSummary, Session } from '../../session';
import { WrongUse } from '../wrong-use';

/** What an act answers with, for machines. */
export type ActResult = Readonly<Record<string, unknown>>;

/** One word of an act: how it is written on the command line, and its value from there or from JSON. */
export interface Field<T> {
  /** As in `object=NAME`. */
  readonly form: string;
  /** What the value has to be, in words, where the form does not say it. */
  readonly means?: string;
  readonly optional: boolean;
  /** The value; undefined for what is none. */
  read(given: unknown): T | undefined;
}

/** What an act is told besides its words. */
export interface ActPlace {
  readonly session: Session;
  /** The folder that paths are relative to. */
  readonly folder: string;
  /** Waits for something long, and shows how far it is. */
  readonly follow: (run: Run) => Promise<RunSummary>;
}

/** Something that a person does to a session. */
export interface Act {
  readonly about: string;
  readonly fields: Readonly<Record<string, Field<unknown>>>;
  /** Throws a WrongUse for words that do not fit, and what the session throws. */
  do(place: ActPlace, given: Readonly<Record<string, unknown>>): Promise<ActResult>;
  /** What came of it, for a person; null, or where this is not there, for the words of the result as they are. */
  told?(result: ActResult): string | null;
}

type Values<F extends Readonly<Record<string, Field<unknown>>>> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

/** An act of typed words. */
export function act<const F extends Readonly<Record<string, Field<unknown>>>, R extends ActResult | void>(
  about: string,
  fields: F,
  work: (values: Values<F>, place: ActPlace) => Promise<R>,
  told?: (result: Exclude<R, void>) => string | null,
): Act {
  return {
    about,
    fields,
    do: async (place, given) => (await work(valuesOf(fields, given), place)) ?? {},
    ...(told ? { told } : {}),
  };
}

function valuesOf<F extends Readonly<Record<string, Field<unknown>>>>(
  fields: F,
  given: Readonly<Record<string, unknown>>,
): Values<F> {
  const unknown = Object.keys(given).find((one) => !Object.hasOwn(fields, one));
  if (unknown !== undefined)
    throw new WrongUse(`There is no “${unknown}” here. It takes: ${formsOf(fields) || 'nothing'}.`);
  const entries = Object.entries(fields).map(([name, field]) => {
    const value = given[name];
    if (value === undefined && field.optional) return [name, undefined];
    if (value === undefined)
      throw new WrongUse(`${name}=${field.form} is missing. It takes: ${formsOf(fields)}.`);
    const read = field.read(value);
    if (read === undefined)
      throw new WrongUse(`${name} is ${field.means ?? field.form}, not “${wordOf(value)}”.`);
    return [name, read];
  });
  return Object.fromEntries(entries) as Values<F>;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The words of an act as help shows them: `object=NAME [range=FIRST-LAST]`. */
export function formsOf(fields: Readonly<Record<string, Field<unknown>>>): string {
  return Object.entries(fields)
    .map(([name, { form, optional }]) => (optional ? `[${name}=${form}]` : `${name}=${form}`))
    .join(' ');
}

/** The same word where it may be left out. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, optional: true };
}

/** Entries without those that were left out. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function field<T>(form: string, read: (given: unknown) => T | undefined): Field<T> {
  return { form, optional: false, read };
}

/** Some text. */
export const text = (form: string): Field<string> =>
  field(form, (one) => (typeof one === 'string' && one.trim() !== '' ? one : undefined));

const wholeNumber = (one: unknown): number | undefined => {
  const value = typeof one === 'string' && /^\d+$/.test(one) ? Number(one) : one;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
};

/** A whole number from 0 on. */
export const whole = (form: string): Field<number> => ({
  ...field(form, wholeNumber),
  means: 'a whole number from 0',
});

/** A frame's number. */
export const frame: Field<number> = { ...whole('FRAME'), means: 'a frame, counted from 0' };

/** Frames, both ends included: `0-20`, or `[0, 20]` in JSON. */
export const range: Field<readonly [number, number]> = {
  ...field('FIRST-LAST', (one) => {
    const ends = typeof one === 'string' ? one.split('-') : one;
    if (!Array.isArray(ends) || ends.length !== 2) return undefined;
    const [first, last] = ends.map(wholeNumber);
    return first === undefined || last === undefined ? undefined : ([first, last] as const);
  }),
  means: 'FIRST-LAST, frames counted from 0',
};

function numbersOf(one: unknown): readonly number[] | undefined {
  const parts: readonly unknown[] =
    typeof one === 'string'
      ? one.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
      : Array.isArray(one)
        ? one
        : [];
  const numbers = parts.filter((part): part is number => typeof part === 'number' && Number.isFinite(part));
  return numbers.length === parts.length && numbers.length > 0 ? numbers : undefined;
}

/** Numbers with commas between; a list in JSON. */
export const numbers = (form: string): Field<readonly number[]> => field(form, numbersOf);

/** One number. */
export const number = (form: string): Field<number> =>
  field(form, (one) => {
    const read = numbersOf(typeof one === 'number' ? [one] : one);
    return read?.length === 1 ? read[0] : undefined;
  });

/** A place: `410,220`, or `[410, 220]` in JSON. */
export const place: Field<readonly [number, number]> = field('X,Y', (one) => {
  const read = numbersOf(one);
  return read?.length === 2 ? [read[0]!, read[1]!] : undefined;
});

/** A box, edges included: `300,80,520,400`. */
export const box: Field<readonly [number, number, number, number]> = field('X0,Y0,X1,Y1', (one) => {
  const read = numbersOf(one);
  return read?.length === 4 ? [read[0]!, read[1]!, read[2]!, read[3]!] : undefined;
});

/** Names with commas between; a list in JSON. */
export const names = (form: string): Field<readonly string[]> =>
  field(form, (one) => {
    const list: readonly unknown[] =
      typeof one === 'string' ? one.split(',').map((part) => part.trim()) : Array.isArray(one) ? one : [];
    const read = list.filter((part): part is string => typeof part === 'string' && part !== '');
    return read.length === list.length && read.length > 0 ? read : undefined;
  });

/** Yes or no. */
export const flag: Field<boolean> = field('true|false', (one) =>
  one === true || one === 'true' ? true : one === false || one === 'false' ? false : undefined,
);

/** One of some words. */
export function oneOf<const W extends string>(...words: readonly W[]): Field<W> {
  return field(words.join('|'), (one) => words.find((word) => word === one));
}

/** A feature's value; nothing (`value=`, null in JSON) for none. */
export const featureValue: Field<FeatureValue | null> = field('VALUE', (one) => {
  if (one === null || one === '') return null;
  return typeof one === 'string' || typeof one === 'boolean' || typeof one === 'number' ? one : undefined;
});
