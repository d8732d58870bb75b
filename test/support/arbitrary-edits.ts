import fc from 'fast-check';
import type { AnnotationDocument, Edit, VideoFacts } from '../../src/annotation';
import {
  alarmKinds,
  deleteRangeEdit,
  markAbsentEdit,
  markPresentEdit,
  newObjectEdit,
  swapEdit,
} from '../../src/annotation';

export const smallVideo: VideoFacts = { name: 'clip', width: 64, height: 48, frameCount: 10 };

/** A choice of numbers that becomes an edit once the document it meets is known, so that most edits fit. */
export interface EditSeed {
  readonly kind: number;
  readonly pick: number;
  readonly frame: number;
  readonly x: number;
  readonly y: number;
}

export const anyEditSeed: fc.Arbitrary<EditSeed> = fc.record({
  kind: fc.nat(21),
  pick: fc.nat(1000),
  frame: fc.nat(smallVideo.frameCount - 1),
  x: fc.nat(smallVideo.width - 1),
  y: fc.nat(smallVideo.height - 1),
});

function pickFrom<T>(list: readonly T[], pick: number): T | undefined {
  return list.length === 0 ? undefined : list[pick % list.length];
}

/** The edit a seed means in this document, or null where there is nothing it could mean. */
export function editFrom(seed: EditSeed, document: AnnotationDocument, nextId: () => string): Edit | null {
  const { pick, frame, x, y } = seed;
  const object = pickFrom(document.objects, pick);
  const prompt = pickFrom(document.prompts, pick);
  const one = pickFrom(document.classes, pick);
  switch (seed.kind) {
    case 0:
      return newObjectEdit(document.records(), pick % 2 ? { class: `class ${pick % 4}` } : {}, nextId).edit;
    case 1:
      return object ? { kind: 'remove-object', objectId: object.id } : null;
    case 2:
      return object
        ? { kind: 'change-object', objectId: object.id, patch: { name: `n${pick}`, hidden: pick % 2 === 0 } }
        : null;
    case 3:
      return one ? { kind: 'change-class', classId: one.id, name: `renamed ${pick}` } : null;
    case 4:
      return one ? { kind: 'remove-class', classId: one.id } : null;
    case 5: {
      if (!object) return null;
      const base = { id: nextId(), objectId: object.id, frame };
      return { kind: 'add-prompt', prompt: { ...base, kind: 'point', x, y, positive: pick % 2 === 0 } };
    }
    case 6:
      return prompt ? { kind: 'remove-prompt', promptId: prompt.id } : null;
    case 7:
      return prompt?.kind === 'point' ? { kind: 'change-prompt', prompt: { ...prompt, x, y } } : null;
    case 8: {
      if (!object) return null;
      const entry =
        pick % 5 === 0
          ? null
          : { mask: `m${pick}`, source: { kind: 'prompted', of: '' } as const, area: pick };
      const other = { frame: (frame + 3) % smallVideo.frameCount, entry };
      return { kind: 'set-track', objectId: object.id, changes: [{ frame, entry }, other] };
    }
    case 9:
      return object ? { kind: 'move-object', objectId: object.id, to: pick % document.objects.length } : null;
    case 18: {
      const first = editFrom({ ...seed, kind: pick % 18 }, document, nextId);
      return first ? { kind: 'together', edits: [first] } : null;
    }
    default:
      return laterEdit(seed, document, nextId);
  }
}

/** What is noted, locked and settled. */
function laterEdit(seed: EditSeed, document: AnnotationDocument, nextId: () => string): Edit | null {
  const { pick, frame, x } = seed;
  const object = pickFrom(document.objects, pick);
  const feature = pickFrom(document.features, pick);
  const last = Math.min(smallVideo.frameCount - 1, frame + (pick % 4));
  switch (seed.kind) {
    case 19: {
      const checks = [frame, last].map((at) => ({ frame: at, iou: pick % 3 === 0 ? null : pick / 1000 }));
      return object ? { kind: 'set-checks', objectId: object.id, checks } : null;
    }
    case 21: {
      const run = pickFrom(document.runs, pick);
      const id = `run ${document.runs.length + 1}`;
      const model = { name: 'm', weights: 'w', provider: 'cpu' };
      const range = { objectIds: object ? [object.id] : [], first: frame, last, stride: 1, blockSize: 8 };
      if (!run || pick % 3 === 0) {
        if (document.runs.some((one) => one.id === id)) return { kind: 'remove-run', runId: id };
        return { kind: 'add-run', run: { id, model, direction: 'both', ...range, seeding: 'memory' } };
      }
      const way = pick % 2 === 0 ? 1 : -1;
      const carried = pick % 5 ? [{ frame, before: `m${x}`, mask: `m${pick}`, way } as const] : null;
      return { kind: 'set-carried', runId: run.id, carried };
    }
    case 20: {
      const kind = alarmKinds[pick % alarmKinds.length]!;
      const of = pick % 4 === 0 ? null : `mask ${pick}`;
      return object ? { kind: 'set-accepted', alarm: { kind, objectId: object.id, frame }, of } : null;
    }
    case 10: {
      const options = pick % 2 ? ['a', 'b', 'c'] : [];
      const type = pick % 2 ? 'choice' : 'number';
      return { kind: 'add-feature', feature: { id: nextId(), name: `f${pick % 5}`, type, options } };
    }
    case 11:
      return feature ? { kind: 'remove-feature', featureId: feature.id } : null;
    case 12: {
      if (!feature || !object) return null;
      const value = feature.type === 'choice' ? pickFrom(feature.options, pick)! : x;
      const change = pick % 3 === 0 ? null : { value: pick % 7 === 0 ? null : value };
      return { kind: 'set-feature', featureId: feature.id, objectId: object.id, frame, change };
    }
    case 13:
      return { kind: 'set-barrier', frame, on: pick % 3 !== 0 };
    case 14: {
      if (!object) return null;
      const lock = { id: nextId(), objectId: object.id, first: frame, last };
      const held = pickFrom(document.locks, pick);
      return pick % 3 === 0 && held ? { kind: 'remove-lock', lockId: held.id } : { kind: 'add-lock', lock };
    }
    case 15:
      return object ? markAbsentEdit(document, object.id, [frame, last], nextId) : null;
    case 16:
      return object ? markPresentEdit(document, object.id, [frame, last], nextId) : null;
    default: {
      const other = pickFrom(document.objects, pick + 1);
      if (pick % 4 === 0)
        return { kind: 'change-settings', patch: { overlap: pick % 8 === 0 ? 'score' : 'order' } };
      if (pick % 4 === 1) return object ? deleteRangeEdit(document, object.id, [frame, last]) : null;
      if (!object || !other || object === other) return null;
      return swapEdit(document, object.id, other.id, frame);
    }
  }
}

/** Everything a document holds but its version, as plain data. */
export function contentOf(document: AnnotationDocument): unknown {
  const { version, ...records } = document.records();
  void version;
  const tracks = records.objects.map(({ id }) => {
    const track = document.track(id);
    return track.frames().map((frame) => [frame, track.entryAt(frame)]);
  });
  return { ...records, tracks };
}
