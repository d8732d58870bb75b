import * as v from 'valibot';
import { EditError, SessionError, schemaWords } from '../errors';
import type { Edit } from './edits';
import { alarmKinds } from './records';
import type { TrackEntry } from './records';
import type { SavedDocument } from './saved-document';

// The shapes of records, edits and documents as they come from outside: a browser's message, a file.

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const frame = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const name = v.pipe(v.string(), v.maxLength(200));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

const classRecord = v.strictObject({ id, name });
const objectRecord = v.strictObject({
  id,
  number: positive,
  name,
  classId: v.nullable(id),
  color: v.string(),
  hidden: v.boolean(),
});
const placed = { id, objectId: id, frame };
const promptRecord = v.variant('kind', [
  v.strictObject({ ...placed, kind: v.literal('point'), x: finite, y: finite, positive: v.boolean() }),
  v.strictObject({ ...placed, kind: v.literal('box'), x0: finite, y0: finite, x1: finite, y1: finite }),
  v.strictObject({ ...placed, kind: v.literal('mask'), mask: id }),
]);
const featureType = v.picklist(['text', 'number', 'boolean', 'choice']);
const featureRecord = v.strictObject({ id, name, type: featureType, options: v.array(name) });
const featureValue = v.union([v.pipe(v.string(), v.maxLength(10_000)), finite, v.boolean()]);
const rangeRecord = v.strictObject({ id, objectId: id, first: frame, last: frame });
const settings = {
  overlap: v.picklist(['allow', 'order', 'score']),
  blockSize: v.nullable(positive),
  blockMiB: finite,
  seeding: v.picklist(['memory', 'skeleton']),
};

const trackEntry: v.GenericSchema<TrackEntry> = v.looseObject({
  mask: id,
  source: v.lazy(() => maskSource),
  area: v.number(),
  checked: v.exactOptional(v.number()),
});

const maskSource = v.variant('kind', [
  v.strictObject({
    kind: v.literal('prompted'),
    of: v.string(),
    model: v.exactOptional(v.string()),
    before: v.exactOptional(trackEntry),
    base: v.exactOptional(id),
  }),
  v.strictObject({
    kind: v.literal('propagated'),
    run: id,
    distance: v.number(),
    interpolated: v.exactOptional(v.literal(true)),
  }),
  v.strictObject({ kind: v.literal('merged'), objects: v.array(v.string()) }),
  v.strictObject({ kind: v.literal('imported'), format: v.string() }),
]);

const savedTrack = v.strictObject({
  objectId: id,
  frames: v.array(frame),
  masks: v.array(id),
  areas: v.array(frame),
  sources: v.array(frame),
  scores: v.array(v.nullable(finite)),
  checks: v.exactOptional(v.array(v.nullable(finite))),
});

const carriedMasks = v.array(v.strictObject({ frame, before: id, mask: id, way: v.picklist([1, -1]) }));

const runRecord = v.strictObject({
  id,
  model: v.strictObject({
    name: v.string(),
    weights: v.string(),
    provider: v.string(),
    settings: v.exactOptional(v.record(v.string(), v.number())),
  }),
  direction: v.picklist(['forward', 'backward', 'both']),
  objectIds: v.array(id),
  first: frame,
  last: frame,
  stride: frame,
  blockSize: frame,
  seeding: v.picklist(['memory', 'skeleton']),
  from: v.exactOptional(frame),
  missing: v.exactOptional(v.literal(true)),
  carried: v.exactOptional(carriedMasks),
});

const seamRecord = v.strictObject({ objectId: id, frame, iou: finite, run: id });

const alarmPlace = { kind: v.picklist(alarmKinds), objectId: id, frame };
const acceptedAlarm = v.strictObject({ ...alarmPlace, of: name });

const savedDocument = v.strictObject({
  version: frame,
  lastNumber: frame,
  settings: v.strictObject(settings),
  classes: v.array(classRecord),
  objects: v.array(objectRecord),
  prompts: v.array(promptRecord),
  features: v.array(featureRecord),
  featureChanges: v.array(
    v.strictObject({ objectId: id, featureId: id, frame, value: v.nullable(featureValue) }),
  ),
  locks: v.array(rangeRecord),
  absences: v.array(rangeRecord),
  barriers: v.array(frame),
  runs: v.array(runRecord),
  seams: v.array(seamRecord),
  // Sessions from before there were alarms have none.
  accepted: v.optional(v.array(acceptedAlarm), []),
  sources: v.array(maskSource),
  tracks: v.array(savedTrack),
});

const at = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const patch = v.strictObject({
  name: v.exactOptional(name),
  classId: v.exactOptional(v.nullable(id)),
  color: v.exactOptional(v.string()),
  hidden: v.exactOptional(v.boolean()),
});
const settingsPatch = v.strictObject({
  overlap: v.exactOptional(settings.overlap),
  blockSize: v.exactOptional(settings.blockSize),
  blockMiB: v.exactOptional(settings.blockMiB),
  seeding: v.exactOptional(settings.seeding),
});

/** Edits that may come from a canvas: masks are set by the session alone. */
const single = [
  v.strictObject({ kind: v.literal('add-class'), class: classRecord, at }),
  v.strictObject({ kind: v.literal('change-class'), classId: id, name }),
  v.strictObject({ kind: v.literal('remove-class'), classId: id }),
  v.strictObject({ kind: v.literal('add-object'), object: objectRecord, at }),
  v.strictObject({ kind: v.literal('change-object'), objectId: id, patch }),
  v.strictObject({ kind: v.literal('remove-object'), objectId: id }),
  v.strictObject({ kind: v.literal('add-prompt'), prompt: promptRecord, at }),
  v.strictObject({ kind: v.literal('change-prompt'), prompt: promptRecord }),
  v.strictObject({ kind: v.literal('remove-prompt'), promptId: id }),
  v.strictObject({ kind: v.literal('move-object'), objectId: id, to: frame }),
  v.strictObject({ kind: v.literal('add-feature'), feature: featureRecord, at }),
  v.strictObject({
    kind: v.literal('change-feature'),
    featureId: id,
    patch: v.strictObject({ name: v.exactOptional(name), options: v.exactOptional(v.array(name)) }),
  }),
  v.strictObject({ kind: v.literal('remove-feature'), featureId: id }),
  v.strictObject({
    kind: v.literal('set-feature'),
    featureId: id,
    objectId: id,
    frame,
    change: v.nullable(v.strictObject({ value: v.nullable(featureValue) })),
  }),
  v.strictObject({ kind: v.literal('add-lock'), lock: rangeRecord, at }),
  v.strictObject({ kind: v.literal('remove-lock'), lockId: id }),
  v.strictObject({ kind: v.literal('add-absence'), absence: rangeRecord, at }),
  v.strictObject({ kind: v.literal('remove-absence'), absenceId: id }),
  v.strictObject({ kind: v.literal('set-barrier'), frame, on: v.boolean() }),
  v.strictObject({ kind: v.literal('change-settings'), patch: settingsPatch }),
  v.strictObject({
    kind: v.literal('set-accepted'),
    alarm: v.strictObject(alarmPlace),
    of: v.nullable(name),
  }),
] as const;

const together = v.strictObject({
  kind: v.literal('together'),
  edits: v.pipe(v.array(v.variant('kind', [...single])), v.maxLength(10_000)),
});

const canvasEdit = v.variant('kind', [...single, together]);

/** An edit from outside (a browser's message), checked for its shape. Throws an EditError that names what is off. */
export function parseEdit(value: unknown): Edit {
  const result = v.safeParse(canvasEdit, value);
  if (result.success) return result.output as Edit;
  throw new EditError(
    `The canvas sent an edit that cannot be read (${schemaWords(result.issues[0], 'it')}). Nothing was changed.`,
  );
}

/** Edits that a log holds: those of the canvas, and what sessions and their undoing do. */
const loggedSingle = [
  ...single.filter((one) => one.entries.kind.literal !== 'remove-object'),
  v.strictObject({ kind: v.literal('remove-object'), objectId: id, lastNumber: v.exactOptional(frame) }),
  v.strictObject({
    kind: v.literal('set-track'),
    objectId: id,
    changes: v.array(v.strictObject({ frame, entry: v.nullable(trackEntry) })),
  }),
  v.strictObject({
    kind: v.literal('set-checks'),
    objectId: id,
    checks: v.array(v.strictObject({ frame, iou: v.nullable(finite) })),
  }),
  v.strictObject({ kind: v.literal('add-run'), run: runRecord }),
  v.strictObject({ kind: v.literal('remove-run'), runId: id }),
  v.strictObject({ kind: v.literal('set-carried'), runId: id, carried: v.nullable(carriedMasks) }),
  v.strictObject({ kind: v.literal('set-seam'), objectId: id, frame, seam: v.nullable(seamRecord) }),
] as const;

const loggedEdit: v.GenericSchema<unknown> = v.variant('kind', [
  ...loggedSingle,
  v.strictObject({ kind: v.literal('together'), edits: v.array(v.lazy(() => loggedEdit)) }),
]);

/** An edit read from a log or a history file. Throws a SessionError when it is none. */
export function parseLoggedEdit(value: unknown): Edit {
  return read(loggedEdit, value) as Edit;
}

/** A document read from a file. Throws a SessionError that names the first thing that is not as it should be. */
export function parseSavedDocument(value: unknown): SavedDocument {
  return read(savedDocument, value);
}

function read<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw damagedFile(schemaWords(result.issues[0], 'its content'));
}

/** What is said of a session's file that cannot be read. */
export function damagedFile(what: string): SessionError {
  return new SessionError(`The session's files cannot be read (${what}). Nothing was changed.`);
}
