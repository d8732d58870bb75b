import { checkEdit } from './check-edit';
import { checkLocks } from './check-locks';
import type { DocumentContent } from './document-content';
import type { Edit } from './edits';
import { removeClass, removeFeature, removeObject } from './remove-records';

/**
 * Applies an edit to the content and answers with its inverse. Throws an EditError, with nothing changed, when the
 * edit does not fit. `restoring`: an edit that takes back or brings back what was there; locks do not bar it.
 */
export function changeContent(content: DocumentContent, edit: Edit, restoring: boolean): Edit {
  checkEdit(content, edit);
  if (!restoring) checkLocks(content, edit);
  switch (edit.kind) {
    case 'add-class':
      insert(content.classes, edit.class, edit.at);
      return { kind: 'remove-class', classId: edit.class.id };
    case 'change-class': {
      const before = replace(content.classes, edit.classId, { name: edit.name });
      return { kind: 'change-class', classId: edit.classId, name: before.name };
    }
    case 'remove-class':
      return removeClass(content, edit.classId);
    case 'add-prompt':
      insert(content.prompts, edit.prompt, edit.at);
      return { kind: 'remove-prompt', promptId: edit.prompt.id };
    case 'change-prompt': {
      const at = content.prompts.findIndex((one) => one.id === edit.prompt.id);
      const [before] = content.prompts.splice(at, 1, edit.prompt);
      return { kind: 'change-prompt', prompt: before! };
    }
    case 'remove-prompt': {
      const { item, at } = take(content.prompts, edit.promptId);
      return { kind: 'add-prompt', prompt: item, at };
    }
    case 'together':
      return changeTogether(content, edit.edits, restoring);
    case 'add-object':
    case 'change-object':
    case 'move-object':
    case 'remove-object':
      return changeObjects(content, edit);
    case 'add-feature':
    case 'change-feature':
    case 'remove-feature':
    case 'set-feature':
      return changeFeatures(content, edit);
    case 'add-lock':
    case 'remove-lock':
    case 'add-absence':
    case 'remove-absence':
    case 'set-barrier':
      return changeBounds(content, edit);
    default:
      return changeResults(content, edit);
  }
}

type Of<K extends Edit['kind']> = Extract<Edit, { kind: K }>;

function changeTogether(content: DocumentContent, edits: readonly Edit[], restoring: boolean): Edit {
  const inverses: Edit[] = [];
  try {
    for (const edit of edits) inverses.unshift(changeContent(content, edit, restoring));
  } catch (error) {
    for (const inverse of inverses) changeContent(content, inverse, true);
    throw error;
  }
  return { kind: 'together', edits: inverses };
}

function changeObjects(
  content: DocumentContent,
  edit: Of<'add-object' | 'change-object' | 'move-object' | 'remove-object'>,
): Edit {
  switch (edit.kind) {
    case 'add-object': {
      const { lastNumber } = content;
      insert(content.objects, edit.object, edit.at);
      content.lastNumber = Math.max(lastNumber, edit.object.number);
      return { kind: 'remove-object', objectId: edit.object.id, lastNumber };
    }
    case 'change-object': {
      const before = replace(content.objects, edit.objectId, edit.patch);
      const keys = Object.keys(edit.patch) as (keyof typeof edit.patch)[];
      const patch = Object.fromEntries(keys.map((key) => [key, before[key]]));
      return { kind: 'change-object', objectId: edit.objectId, patch };
    }
    case 'move-object': {
      const { item, at } = take(content.objects, edit.objectId);
      insert(content.objects, item, edit.to);
      return { kind: 'move-object', objectId: edit.objectId, to: at };
    }
    case 'remove-object':
      return removeObject(content, edit);
  }
}

function changeFeatures(
  content: DocumentContent,
  edit: Of<'add-feature' | 'change-feature' | 'remove-feature' | 'set-feature'>,
): Edit {
  switch (edit.kind) {
    case 'add-feature':
      insert(content.features, edit.feature, edit.at);
      return { kind: 'remove-feature', featureId: edit.feature.id };
    case 'change-feature': {
      const { name, options } = replace(content.features, edit.featureId, edit.patch);
      const before = {
        ...(edit.patch.name === undefined ? {} : { name }),
        ...(edit.patch.options === undefined ? {} : { options }),
      };
      return { kind: 'change-feature', featureId: edit.featureId, patch: before };
    }
    case 'remove-feature':
      return removeFeature(content, edit.featureId);
    case 'set-feature': {
      const { objectId, featureId, frame, change } = edit;
      const next = change && { objectId, featureId, frame, value: change.value };
      const before = setSorted(content.featureChanges, { objectId, featureId, frame }, next);
      return { ...edit, change: before && { value: before.value } };
    }
  }
}

function changeBounds(
  content: DocumentContent,
  edit: Of<'add-lock' | 'remove-lock' | 'add-absence' | 'remove-absence' | 'set-barrier'>,
): Edit {
  switch (edit.kind) {
    case 'add-lock':
      insert(content.locks, edit.lock, edit.at);
      return { kind: 'remove-lock', lockId: edit.lock.id };
    case 'remove-lock': {
      const { item, at } = take(content.locks, edit.lockId);
      return { kind: 'add-lock', lock: item, at };
    }
    case 'add-absence':
      insert(content.absences, edit.absence, edit.at);
      return { kind: 'remove-absence', absenceId: edit.absence.id };
    case 'remove-absence': {
      const { item, at } = take(content.absences, edit.absenceId);
      return { kind: 'add-absence', absence: item, at };
    }
    case 'set-barrier': {
      const { barriers } = content;
      const at = barriers.indexOf(edit.frame);
      if (at >= 0) barriers.splice(at, 1);
      if (edit.on) barriers.splice(barriers.filter((one) => one < edit.frame).length, 0, edit.frame);
      return { kind: 'set-barrier', frame: edit.frame, on: at >= 0 };
    }
  }
}

function changeResults(
  content: DocumentContent,
  edit: Of<
    | 'set-track'
    | 'set-checks'
    | 'set-accepted'
    | 'add-run'
    | 'remove-run'
    | 'set-carried'
    | 'set-seam'
    | 'change-settings'
  >,
): Edit {
  switch (edit.kind) {
    case 'set-track':
      return { ...edit, changes: content.track(edit.objectId).change(edit.changes) };
    case 'set-checks':
      return { ...edit, checks: content.track(edit.objectId).check(edit.checks) };
    case 'set-accepted': {
      const { alarm, of } = edit;
      const before = setSorted(content.accepted, alarm, of === null ? null : { ...alarm, of });
      return { ...edit, of: before?.of ?? null };
    }
    case 'add-run':
      content.runs.push(edit.run);
      return { kind: 'remove-run', runId: edit.run.id };
    case 'remove-run': {
      const { item } = take(content.runs, edit.runId);
      return { kind: 'add-run', run: item };
    }
    case 'set-carried': {
      const at = content.runs.findIndex((one) => one.id === edit.runId);
      const { carried, ...run } = content.runs[at]!;
      content.runs[at] = edit.carried ? { ...run, carried: edit.carried } : run;
      return { ...edit, carried: carried ?? null };
    }
    case 'set-seam':
      return {
        ...edit,
        seam: setSorted(content.seams, { objectId: edit.objectId, frame: edit.frame }, edit.seam),
      };
    case 'change-settings': {
      const before = content.settings;
      content.settings = { ...before, ...edit.patch };
      const keys = Object.keys(edit.patch) as (keyof typeof before)[];
      return { kind: 'change-settings', patch: Object.fromEntries(keys.map((key) => [key, before[key]])) };
    }
  }
}

function insert<T>(list: T[], item: T, at: number | undefined): void {
  list.splice(at ?? list.length, 0, item);
}

/** Takes the item of an id out; it is known to be there. */
function take<T extends { readonly id: string }>(list: T[], id: string): { item: T; at: number } {
  const at = list.findIndex((one) => one.id === id);
  const [item] = list.splice(at, 1);
  return { item: item!, at };
}

/** Changes the item of an id, which is known to be there; answers with what it was. */
function replace<T extends { readonly id: string }>(list: T[], id: string, patch: NoInfer<Partial<T>>): T {
  const at = list.findIndex((one) => one.id === id);
  const before = list[at]!;
  list[at] = { ...before, ...patch };
  return before;
}

interface Placed {
  readonly objectId: string;
  readonly featureId?: string;
  readonly kind?: string;
  readonly frame: number;
}

/** Puts an item in its place among sorted ones, or takes it away; answers with what was there. */
function setSorted<T extends Placed>(list: T[], place: Placed, item: T | null): T | null {
  const at = list.findIndex((one) => comparePlaces(one, place) >= 0);
  const found = at >= 0 && comparePlaces(list[at]!, place) === 0 ? list[at]! : null;
  list.splice(at < 0 ? list.length : at, found ? 1 : 0, ...(item ? [item] : []));
  return found;
}

function comparePlaces(a: Placed, b: Placed): number {
  const [objects, features, kinds] = [
    compare(a.objectId, b.objectId),
    compare(a.featureId ?? '', b.featureId ?? ''),
    compare(a.kind ?? '', b.kind ?? ''),
  ];
  return objects || features || kinds || a.frame - b.frame;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
