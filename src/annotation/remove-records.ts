import type { DocumentContent } from './document-content';
import type { Edit } from './edits';

/** Takes a class away; its objects stay, without one. */
export function removeClass(content: DocumentContent, classId: string): Edit {
  const restore: Edit[] = [];
  content.objects.forEach((object, i) => {
    if (object.classId !== classId) return;
    content.objects[i] = { ...object, classId: null };
    restore.push({ kind: 'change-object', objectId: object.id, patch: { classId } });
  });
  const at = content.classes.findIndex((one) => one.id === classId);
  const [removed] = content.classes.splice(at, 1);
  return { kind: 'together', edits: [{ kind: 'add-class', class: removed!, at }, ...restore] };
}

/** Takes a feature away, with its values. */
export function removeFeature(content: DocumentContent, featureId: string): Edit {
  const values = takeAll(content.featureChanges, (one) => one.featureId === featureId);
  const at = content.features.findIndex((one) => one.id === featureId);
  const [feature] = content.features.splice(at, 1);
  return {
    kind: 'together',
    edits: [
      { kind: 'add-feature', feature: feature!, at },
      ...values.map(({ item: { value, ...place } }): Edit => ({
        kind: 'set-feature',
        ...place,
        change: { value },
      })),
    ],
  };
}

/** Takes an object away, with everything that was said and computed of it. */
export function removeObject(content: DocumentContent, edit: Extract<Edit, { kind: 'remove-object' }>): Edit {
  const { objectId } = edit;
  const mine = (one: { readonly objectId: string }): boolean => one.objectId === objectId;
  const restore: Edit[] = [
    ...takeAll(content.prompts, mine).map(({ item, at }): Edit => ({ kind: 'add-prompt', prompt: item, at })),
  ];
  const track = content.track(objectId);
  const changes = track.change(track.frames().map((frame) => ({ frame, entry: null })));
  if (changes.length > 0) restore.push({ kind: 'set-track', objectId, changes });
  for (const { item } of takeAll(content.featureChanges, mine)) {
    const { value, ...place } = item;
    restore.push({ kind: 'set-feature', ...place, change: { value } });
  }
  for (const { item } of takeAll(content.seams, mine))
    restore.push({ kind: 'set-seam', objectId, frame: item.frame, seam: item });
  for (const { item } of takeAll(content.accepted, mine)) {
    const { of, ...alarm } = item;
    restore.push({ kind: 'set-accepted', alarm, of });
  }
  for (const { item, at } of takeAll(content.absences, mine))
    restore.push({ kind: 'add-absence', absence: item, at });
  for (const { item, at } of takeAll(content.locks, mine)) restore.push({ kind: 'add-lock', lock: item, at });
  const at = content.objects.findIndex((one) => one.id === objectId);
  const [object] = content.objects.splice(at, 1);
  content.tracks.delete(objectId);
  if (edit.lastNumber !== undefined) content.lastNumber = edit.lastNumber;
  return { kind: 'together', edits: [{ kind: 'add-object', object: object!, at }, ...restore] };
}

/** Takes all items out that fit; in the order and with the places at which they can be put back one by one. */
function takeAll<T>(list: T[], fits: (item: T) => boolean): { item: T; at: number }[] {
  const taken: { item: T; at: number }[] = [];
  for (let at = list.length - 1; at >= 0; at--) {
    if (!fits(list[at]!)) continue;
    const [item] = list.splice(at, 1);
    taken.unshift({ item: item!, at });
  }
  return taken;
}
