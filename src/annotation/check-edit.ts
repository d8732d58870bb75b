import { EditError } from '../errors';
import { covers } from './ranges';
import type { DocumentContent } from './document-content';
import type { Edit } from './edits';
import { checkFeature, checkFeatureChange, checkFeaturePatch, requireFeature } from './check-features';
import type { DocumentSettings, ObjectRecord, PromptRecord, RangeRecord, VideoFacts } from './records';

const kept = 'Nothing was changed.';

/** What an edit is checked against. */
export type CheckedDocument = Pick<
  DocumentContent,
  | 'video'
  | 'classes'
  | 'objects'
  | 'prompts'
  | 'features'
  | 'featureChanges'
  | 'locks'
  | 'absences'
  | 'runs'
  | 'object'
>;

/** Throws an EditError that says what does not fit, before anything is changed. */
export function checkEdit(document: CheckedDocument, edit: Edit): void {
  switch (edit.kind) {
    case 'add-class':
      if (document.classes.some((one) => one.name === edit.class.name || one.id === edit.class.id))
        throw new EditError(`There is a class named “${edit.class.name}” already. ${kept}`);
      return checkName(edit.class.name, 'A class');
    case 'change-class':
      requireClass(document, edit.classId);
      return checkName(edit.name, 'A class');
    case 'remove-class':
      return requireClass(document, edit.classId);
    case 'add-object':
      return checkNewObject(document, edit.object);
    case 'change-object':
      document.object(edit.objectId);
      if (edit.patch.name !== undefined) checkName(edit.patch.name, 'An object');
      if (edit.patch.color !== undefined) checkColor(edit.patch.color);
      if (typeof edit.patch.classId === 'string') requireClass(document, edit.patch.classId);
      return;
    case 'remove-object':
      document.object(edit.objectId);
      return;
    case 'move-object':
      document.object(edit.objectId);
      if (!Number.isInteger(edit.to) || edit.to < 0 || edit.to >= document.objects.length)
        throw new EditError(`There is no place ${edit.to} in the list of objects. ${kept}`);
      return;
    case 'set-track':
    case 'set-seam':
    case 'set-checks':
    case 'set-accepted':
      return checkPlaces(document, edit);
    case 'add-prompt':
      checkNewId(document.prompts, edit.prompt.id, 'a prompt');
      document.object(edit.prompt.objectId);
      return checkPrompt(document, edit.prompt);
    case 'change-prompt':
      requirePrompt(document, edit.prompt.id);
      document.object(edit.prompt.objectId);
      return checkPrompt(document, edit.prompt);
    case 'remove-prompt':
      return requirePrompt(document, edit.promptId);
    case 'add-feature':
      checkNewId(document.features, edit.feature.id, 'a feature');
      return checkFeature(document, edit.feature);
    case 'change-feature':
      return checkFeaturePatch(document, edit.featureId, edit.patch);
    case 'remove-feature':
      return void requireFeature(document, edit.featureId);
    case 'set-feature':
      document.object(edit.objectId);
      checkFrame(document.video, edit.frame);
      return checkFeatureChange(requireFeature(document, edit.featureId), edit.change);
    default:
      return checkBounds(document, edit);
  }
}

type OfResults = Extract<Edit, { kind: 'set-track' | 'set-seam' | 'set-checks' | 'set-accepted' }>;

function checkPlaces(document: CheckedDocument, edit: OfResults): void {
  for (const { objectId, frame } of placesOf(edit)) {
    document.object(objectId);
    checkFrame(document.video, frame);
  }
}

/** The objects and frames that an edit of results is about. */
function placesOf(edit: OfResults): readonly { readonly objectId: string; readonly frame: number }[] {
  switch (edit.kind) {
    case 'set-seam':
      return [edit];
    case 'set-accepted':
      return [edit.alarm];
    case 'set-track':
    case 'set-checks': {
      const { objectId } = edit;
      const frames = edit.kind === 'set-track' ? edit.changes : edit.checks;
      return frames.length > 0 ? frames.map(({ frame }) => ({ objectId, frame })) : [{ objectId, frame: 0 }];
    }
  }
}

type Bound = Extract<
  Edit,
  {
    kind:
      | 'add-lock'
      | 'remove-lock'
      | 'add-absence'
      | 'remove-absence'
      | 'set-barrier'
      | 'change-settings'
      | 'add-run'
      | 'remove-run'
      | 'set-carried'
      | 'together';
  }
>;

function checkBounds(document: CheckedDocument, edit: Bound): void {
  switch (edit.kind) {
    case 'add-lock':
      checkNewId(document.locks, edit.lock.id, 'a lock');
      return checkRange(document, edit.lock);
    case 'add-absence':
      checkNewId(document.absences, edit.absence.id, 'an absence');
      return checkRange(document, edit.absence);
    case 'remove-lock':
      return requireId(document.locks, edit.lockId, 'lock');
    case 'remove-absence':
      return requireId(document.absences, edit.absenceId, 'absence');
    case 'set-barrier':
      return checkFrame(document.video, edit.frame);
    case 'change-settings':
      return checkSettings(edit.patch);
    case 'add-run':
      return checkNewId(document.runs, edit.run.id, 'a run');
    case 'remove-run':
    case 'set-carried':
      return requireId(document.runs, edit.runId, 'run');
    case 'together':
      return;
  }
}

interface WithId {
  readonly id: string;
}

function checkNewId(list: readonly WithId[], id: string, what: string): void {
  if (list.some((one) => one.id === id))
    throw new EditError(`There is ${what} with the id ${id} already. ${kept}`, { id });
}

function requireId(list: readonly WithId[], id: string, what: string): void {
  if (!list.some((one) => one.id === id))
    throw new EditError(`There is no ${what} with the id ${id}; it may have been removed. ${kept}`, { id });
}

function checkRange(document: CheckedDocument, range: RangeRecord): void {
  document.object(range.objectId);
  checkFrame(document.video, range.first);
  checkFrame(document.video, range.last);
  if (range.first > range.last)
    throw new EditError(
      `A range is [first, last] with first ≤ last, not [${range.first}, ${range.last}]. ${kept}`,
    );
}

function checkSettings({ overlap, blockSize, blockMiB, seeding }: Partial<DocumentSettings>): void {
  if (overlap !== undefined && !['allow', 'order', 'score'].includes(overlap))
    throw new EditError(`The overlap rule is “allow”, “order” or “score”, not “${overlap}”. ${kept}`);
  if (blockSize !== undefined && blockSize !== null && !(Number.isInteger(blockSize) && blockSize >= 2))
    throw new EditError(`A block has 2 frames or more, not ${blockSize}. ${kept}`);
  if (blockMiB !== undefined && !(blockMiB >= 1))
    throw new EditError(`The memory of a block is 1 MiB or more, not ${blockMiB}. ${kept}`);
  if (seeding !== undefined && seeding !== 'memory' && seeding !== 'skeleton')
    throw new EditError(`A block starts from “memory” or “skeleton”, not “${String(seeding)}”. ${kept}`);
}

function checkName(name: string, what: string): void {
  if (name.trim() === '') throw new EditError(`${what} needs a name. ${kept}`);
}

function checkColor(color: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(color))
    throw new EditError(`“${color}” is not a colour of the form #rrggbb. ${kept}`, { color });
}

function checkNewObject(document: CheckedDocument, object: ObjectRecord): void {
  checkName(object.name, 'An object');
  checkColor(object.color);
  if (document.objects.some((one) => one.id === object.id))
    throw new EditError(`There is an object with the id ${object.id} already. ${kept}`);
  if (document.objects.some((one) => one.number === object.number))
    throw new EditError(`Object number ${object.number} is taken. ${kept}`);
  if (!Number.isInteger(object.number) || object.number < 1)
    throw new EditError(`An object's number is a whole number from 1, not ${object.number}. ${kept}`);
  if (object.classId !== null) requireClass(document, object.classId);
}

function requireClass(document: CheckedDocument, id: string): void {
  requireId(document.classes, id, 'class');
}

function requirePrompt(document: CheckedDocument, id: string): void {
  requireId(document.prompts, id, 'prompt');
}

function checkFrame(video: VideoFacts, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < video.frameCount) return;
  throw new EditError(
    `There is no frame ${frame}: “${video.name}” has frames 0 to ${video.frameCount - 1}. ${kept}`,
    { frame },
  );
}

function checkPrompt({ video, absences }: CheckedDocument, prompt: PromptRecord): void {
  checkFrame(video, prompt.frame);
  const absence = absences.find((one) => covers(one, prompt.objectId, prompt.frame));
  if (absence)
    throw new EditError(
      `The object was marked absent on frames ${absence.first} to ${absence.last}. Mark it present there first. ${kept}`,
      { frame: prompt.frame },
    );
  if (prompt.kind === 'point') checkInside(video, prompt.x, prompt.y);
  if (prompt.kind === 'box') {
    checkInside(video, prompt.x0, prompt.y0);
    checkInside(video, prompt.x1, prompt.y1);
    if (prompt.x1 < prompt.x0 || prompt.y1 < prompt.y0)
      throw new EditError(
        `A box is [x0, y0, x1, y1] with x0 ≤ x1 and y0 ≤ y1, not [${prompt.x0}, ${prompt.y0}, ${prompt.x1}, ${prompt.y1}]. ${kept}`,
      );
  }
}

function checkInside(video: VideoFacts, x: number, y: number): void {
  // A pixel's centre is at whole numbers, so the picture reaches from -0.5 to width - 0.5.
  if (x >= -0.5 && y >= -0.5 && x <= video.width - 0.5 && y <= video.height - 0.5) return;
  throw new EditError(
    `(${x}, ${y}) lies outside the picture, which is ${video.width} × ${video.height} pixels. ${kept}`,
    { x, y },
  );
}
