import * as v from 'valibot';
import { EditError } from '../errors';
import type { Edit } from './edits';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const frame = v.pipe(v.number(), v.integer(), v.minValue(0));
const at = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const finite = v.pipe(v.number(), v.finite());
const name = v.pipe(v.string(), v.maxLength(200));

const classRecord = v.strictObject({ id, name });
const objectRecord = v.strictObject({
  id,
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name,
  classId: v.nullable(id),
  color: v.string(),
  hidden: v.boolean(),
});
const base = { id, objectId: id, frame };
const prompt = v.variant('kind', [
  v.strictObject({ ...base, kind: v.literal('point'), x: finite, y: finite, positive: v.boolean() }),
  v.strictObject({ ...base, kind: v.literal('box'), x0: finite, y0: finite, x1: finite, y1: finite }),
  v.strictObject({ ...base, kind: v.literal('mask'), mask: id }),
]);
const patch = v.strictObject({
  name: v.exactOptional(name),
  classId: v.exactOptional(v.nullable(id)),
  color: v.exactOptional(v.string()),
  hidden: v.exactOptional(v.boolean()),
});

/** Edits that may come from a canvas: masks are set by the session alone. */
const single = [
  v.strictObject({ kind: v.literal('add-class'), class: classRecord, at }),
  v.strictObject({ kind: v.literal('change-class'), classId: id, name }),
  v.strictObject({ kind: v.literal('remove-class'), classId: id }),
  v.strictObject({ kind: v.literal('add-object'), object: objectRecord, at }),
  v.strictObject({ kind: v.literal('change-object'), objectId: id, patch }),
  v.strictObject({ kind: v.literal('remove-object'), objectId: id }),
  v.strictObject({ kind: v.literal('add-prompt'), prompt, at }),
  v.strictObject({ kind: v.literal('change-prompt'), prompt }),
  v.strictObject({ kind: v.literal('remove-prompt'), promptId: id }),
] as const;

const together = v.strictObject({
  kind: v.literal('together'),
  edits: v.pipe(v.array(v.variant('kind', [...single])), v.maxLength(10_000)),
});

const edit = v.variant('kind', [...single, together]);

/** An edit from outside (a browser's message), checked for its shape. Throws an EditError that names what is off. */
export function parseEdit(value: unknown): Edit {
  const result = v.safeParse(edit, value);
  if (result.success) return result.output as Edit;
  const issue = result.issues[0];
  const where = v.getDotPath(issue);
  throw new EditError(
    `The canvas sent an edit that cannot be read (${where ? `${where}: ` : ''}${issue.message}). Nothing was changed.`,
  );
}
