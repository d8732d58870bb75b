/** What is read of one of valibot's issues: its own types are not for the declarations that cells are checked with. */
export interface SchemaIssue {
  readonly type: string;
  readonly message: string;
  readonly received: string;
  readonly expected: string | null;
  /** The value itself. */
  readonly input?: unknown;
  readonly path?: readonly { readonly key: unknown }[] | undefined;
}

const expectedWords: Readonly<Record<string, string>> = {
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
  null: 'null',
};

const receivedWords: Readonly<Record<string, string>> = {
  Array: 'a list',
  Object: 'an object',
  Date: 'a date',
};

/** What a value has to be beside its type, by the name of valibot's action. */
const actionWords: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  finite: 'a finite number',
  safe_integer: 'a whole number',
};

const longest = 60;

/**
 * What is wrong with a value that does not fit its schema, as part of a sentence without its end: `objects.0.name is missing`.
 * `whole` stands for the value itself.
 */
export function schemaWords(issue: SchemaIssue, whole: string): string {
  const place = issue.path?.map((one) => String(one.key)).join('.') || whole;
  if (!issue.message.startsWith('Invalid')) return `${place}: ${issue.message}`;
  if (issue.received === 'undefined') return `${place} is missing`;
  if (issue.expected === 'never') return `${place} is not known here`;
  if (/^(min|max)_length$|^non_empty$/.test(issue.type)) return `${place} ${lengthWords(issue)}`;
  const received = receivedWords[issue.received] ?? cut(issue.received);
  return `${place} is ${received}, not ${actionWords[issue.type] ?? alternatives(issue.expected ?? 'what it is here')}`;
}

/** What is wrong with the length of a list or a text: it is empty, or has too few or too many entries or letters. */
function lengthWords({ type, received, expected, input }: SchemaIssue): string {
  const length = Number(received);
  if (length === 0 && type !== 'max_length') return 'is empty';
  const bound = expected?.replace(/\D+/g, '') ?? '1';
  const [one, several] = typeof input === 'string' ? ['letter', 'letters'] : ['entry', 'entries'];
  return `has ${length} ${length === 1 ? one : several}, not at ${type === 'max_length' ? 'most' : 'least'} ${bound}`;
}

/** `("a" | "b")` in words: `"a" or "b"`. */
function alternatives(expected: string): string {
  const all = expected.replace(/^\((.*)\)$/, '$1').split(' | ');
  const words = all.map(
    (one) => expectedWords[one] ?? one.replace(/^>=/, 'at least ').replace(/^<=/, 'at most '),
  );
  return words.join(' or ');
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
