import type { ClassRecord, Edit, ObjectRecord, PromptRecord } from '../../annotation';
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
    default:
      // The rest is seen when the kernel has it.
      return document;
  }
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
