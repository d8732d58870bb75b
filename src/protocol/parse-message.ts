import * as v from 'valibot';
import { parseEdit } from '../annotation';
import { EditError, schemaWords } from '../errors';
import type { CanvasRequest } from './messages';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const options = v.strictObject({
  direction: v.picklist(['forward', 'backward', 'both']),
  objectIds: v.exactOptional(v.array(v.string())),
  range: v.exactOptional(v.tuple([count, count])),
  from: v.exactOptional(count),
  block: v.exactOptional(count),
});

const word = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/));

/** A file or folder, as a user types it. */
const place = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4096));

/** A place to open: typed, or as JupyterLab's server names it. */
const opened = v.union([
  v.strictObject({ typed: place }),
  v.strictObject({ chosen: place, notebook: v.nullable(v.pipe(v.string(), v.maxLength(4096))) }),
]);

const gesture = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const coordinate = v.pipe(v.number(), v.finite());

/** A hand at 1,000 places a second draws two minutes before this is full. */
const path = v.pipe(v.array(coordinate), v.minLength(2), v.maxLength(240_000));

const stroke = v.variant('kind', [
  v.strictObject({
    kind: v.literal('brush'),
    radius: v.pipe(coordinate, v.minValue(0.5), v.maxValue(5000)),
    path,
  }),
  v.strictObject({ kind: v.literal('lasso'), path }),
]);

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const range = v.tuple([count, count]);
const pair = { objectId: id, otherId: id };
const work = v.variant('do', [
  v.strictObject({ do: v.literal('mark-absent'), objectId: id, range }),
  v.strictObject({ do: v.literal('delete-masks'), objectId: id, range }),
  v.strictObject({ do: v.literal('swap'), ...pair, from: count }),
  v.strictObject({ do: v.literal('merge'), ...pair }),
  v.strictObject({ do: v.literal('split'), objectId: id, from: count }),
]);

const body = v.variant('kind', [
  v.strictObject({ kind: v.literal('picture'), frame: count, maxWidth: v.pipe(count, v.minValue(1)) }),
  v.strictObject({ kind: v.literal('masks'), frame: count }),
  v.strictObject({ kind: v.literal('edit'), edit: v.unknown(), gesture: v.exactOptional(gesture) }),
  v.strictObject({
    kind: v.literal('draw'),
    objectId: v.string(),
    frame: count,
    stroke,
    adds: v.boolean(),
    gesture: v.exactOptional(gesture),
  }),
  v.strictObject({
    kind: v.literal('preview'),
    objectId: v.nullable(v.string()),
    frame: count,
    x: coordinate,
    y: coordinate,
    positive: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('rework'), work }),
  v.strictObject({ kind: v.literal('undo') }),
  v.strictObject({ kind: v.literal('redo') }),
  v.strictObject({ kind: v.literal('abandon'), gesture }),
  v.strictObject({
    kind: v.literal('propagate'),
    options,
    when: v.exactOptional(v.picklist(['wait', 'replace'])),
  }),
  v.strictObject({ kind: v.literal('forecast'), options }),
  v.strictObject({ kind: v.literal('areas'), objectId: id, range }),
  v.strictObject({
    kind: v.literal('check'),
    options: v.strictObject({
      objectIds: v.exactOptional(v.array(v.string())),
      range: v.exactOptional(v.tuple([count, count])),
    }),
  }),
  v.strictObject({ kind: v.literal('cancel'), runId: v.exactOptional(id) }),
  v.strictObject({ kind: v.literal('start-now'), runId: id }),
  v.strictObject({
    kind: v.literal('use-model'),
    model: word,
    provider: word,
    fast: v.exactOptional(v.boolean()),
    threads: v.exactOptional(count),
    cacheMiB: v.exactOptional(count),
  }),
  v.strictObject({ kind: v.literal('resources') }),
  v.strictObject({ kind: v.literal('add-model'), model: word }),
  v.strictObject({ kind: v.literal('stop-adding') }),
  v.strictObject({ kind: v.literal('formats') }),
  v.strictObject({
    kind: v.literal('export'),
    format: word,
    folder: place,
    objectIds: v.exactOptional(v.array(v.string())),
    range: v.exactOptional(v.tuple([count, count])),
  }),
  v.strictObject({ kind: v.literal('cancel-export') }),
  v.strictObject({ kind: v.literal('save-as'), path: place }),
  v.strictObject({ kind: v.literal('start-over') }),
  v.strictObject({ kind: v.literal('close') }),
  v.strictObject({ kind: v.literal('offered') }),
  v.strictObject({ kind: v.literal('glimpse'), place: opened, maxWidth: v.pipe(count, v.minValue(1)) }),
  v.strictObject({
    kind: v.literal('open'),
    place: opened,
    video: v.exactOptional(opened),
    withoutVideo: v.exactOptional(v.boolean()),
  }),
  v.strictObject({ kind: v.literal('forget'), path: place }),
  v.strictObject({ kind: v.literal('done') }),
]);

const envelope = v.object({ client: v.pipe(v.string(), v.maxLength(64)), request: count, body: v.unknown() });

/** The sender of a canvas message, or null when not even that can be read. */
export function parseSender(value: unknown): { client: string; request: number; body: unknown } | null {
  const result = v.safeParse(envelope, value);
  return result.success ? result.output : null;
}

/** A canvas request, checked for its shape. Throws an EditError that names what is off. */
export function parseRequest(value: unknown): CanvasRequest {
  const result = v.safeParse(body, value);
  if (!result.success) {
    throw new EditError(
      `The canvas sent a message that cannot be read (${schemaWords(result.issues[0], 'it')}). Nothing was changed.`,
    );
  }
  if (result.output.kind === 'edit') return { ...result.output, edit: parseEdit(result.output.edit) };
  return result.output;
}
