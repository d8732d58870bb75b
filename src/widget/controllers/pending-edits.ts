import type {
  ClassRecord,
  Edit,
  FeatureChange,
  FeatureRecord,
  ObjectRecord,
  PromptRecord,
} from '../../annotation';
import type { DocumentView } from '../../protocol';

/**
 * The document with edits that are on their way laid over it, so that a click shows at once. Edits that the
 * document already holds change nothing.
 */
export function withPendingEdits(document: DocumentView, edits: readonly Edit[]): DocumentView {
  return edits.reduce(withEdit, document);
}

function withEdit(document: DocumentView, edit: Edit): DocumentView {
  switch (edit.kind) {
    case 'together':
      return edit.edits.reduce(withEdit, document);
    case 'add-class':
      return { ...document, classes: added(document.classes, edit.class) };
    case 'change-class':
      return {
        ...document,
        classes: changed<ClassRecord>(document.classes, edit.classId, { name: edit.name }),
      };
    case 'remove-class':
      return { ...document, classes: document.classes.filter((one) => one.id !== edit.classId) };
    case 'add-object':
      return withObject(document, edit.object);
    case 'change-object':
      return { ...document, objects: changed<ObjectRecord>(document.objects, edit.objectId, edit.patch) };
    case 'remove-object':
      return {
        ...document,
        objects: document.objects.filter((one) => one.id !== edit.objectId),
        prompts: document.prompts.filter((one) => one.objectId !== edit.objectId),
      };
    case 'add-prompt':
      return { ...document, prompts: added(document.prompts, edit.prompt) };
    case 'change-prompt':
      return { ...document, prompts: replaced(document.prompts, edit.prompt) };
    case 'remove-prompt':
      return { ...document, prompts: document.prompts.filter((one) => one.id !== edit.promptId) };
    case 'set-accepted': {
      const { alarm, of } = edit;
      const { kind, objectId, frame } = alarm;
      const others = document.accepted.filter(
        (one) => one.kind !== kind || one.objectId !== objectId || one.frame !== frame,
      );
      return { ...document, accepted: of === null ? others : [...others, { ...alarm, of }] };
    }
    case 'move-object':
    case 'add-feature':
    case 'change-feature':
    case 'remove-feature':
    case 'set-feature':
      return withListEdit(document, edit);
    default:
      // The rest is seen when the kernel has it.
      return document;
  }
}

type ListEdit = Extract<
  Edit,
  { kind: 'move-object' | 'add-feature' | 'change-feature' | 'remove-feature' | 'set-feature' }
>;

function withListEdit(document: DocumentView, edit: ListEdit): DocumentView {
  switch (edit.kind) {
    case 'move-object':
      return { ...document, objects: moved(document.objects, edit.objectId, edit.to) };
    case 'add-feature':
      return { ...document, features: added(document.features, edit.feature) };
    case 'change-feature':
      return {
        ...document,
        features: changed<FeatureRecord>(document.features, edit.featureId, edit.patch),
      };
    case 'remove-feature':
      return {
        ...document,
        features: document.features.filter((one) => one.id !== edit.featureId),
        featureChanges: document.featureChanges.filter((one) => one.featureId !== edit.featureId),
      };
    case 'set-feature':
      return { ...document, featureChanges: withFeatureChange(document.featureChanges, edit) };
  }
}

/** Changes stay in frame order within an object's feature, which is all that views rely on. */
function withFeatureChange(
  changes: readonly FeatureChange[],
  { featureId, objectId, frame, change }: Extract<Edit, { kind: 'set-feature' }>,
): readonly FeatureChange[] {
  const others = changes.filter(
    (one) => one.frame !== frame || one.featureId !== featureId || one.objectId !== objectId,
  );
  if (!change) return others;
  return [...others, { featureId, objectId, frame, value: change.value }].sort((a, b) => a.frame - b.frame);
}

function moved<T extends { readonly id: string }>(list: readonly T[], id: string, to: number): readonly T[] {
  const item = list.find((one) => one.id === id);
  if (!item) return list;
  const others = list.filter((one) => one !== item);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

function withObject(document: DocumentView, object: ObjectRecord): DocumentView {
  return {
    ...document,
    objects: added(document.objects, object),
    lastNumber: Math.max(document.lastNumber, object.number),
  };
}

function added<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  return list.some((one) => one.id === item.id) ? list : [...list, item];
}

function changed<T extends { readonly id: string }>(
  list: readonly T[],
  id: string,
  patch: Partial<T>,
): readonly T[] {
  return list.map((one) => (one.id === id ? { ...one, ...patch } : one));
}

function replaced(list: readonly PromptRecord[], item: PromptRecord): readonly PromptRecord[] {
  return list.map((one) => (one.id === item.id ? item : one));
}
