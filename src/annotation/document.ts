import { EditError } from '../errors';
import { checkEdit } from './check-edit';
import type { Edit } from './edits';
import type { ClassRecord, ObjectRecord, PromptRecord, VideoFacts } from './records';
import { Track } from './track';

/** The document without its tracks: small, plain, what a view of it needs. */
export interface DocumentRecords {
  readonly version: number;
  readonly classes: readonly ClassRecord[];
  readonly objects: readonly ObjectRecord[];
  readonly prompts: readonly PromptRecord[];
  readonly lastNumber: number;
}

/** What an edit did: what undoes it, and the document's version after it. */
export interface AppliedEdit {
  readonly edit: Edit;
  readonly inverse: Edit;
  readonly version: number;
}

/**
 * The truth of one annotation: classes, objects, prompts and tracks of one video. It changes through
 * {@link AnnotationDocument.apply} alone; each edit raises the version by one.
 */
export class AnnotationDocument {
  readonly video: VideoFacts;
  #version = 0;
  #lastNumber = 0;
  readonly #classes: ClassRecord[] = [];
  readonly #objects: ObjectRecord[] = [];
  readonly #prompts: PromptRecord[] = [];
  readonly #tracks = new Map<string, Track>();

  constructor(video: VideoFacts) {
    this.video = video;
  }

  get version(): number {
    return this.#version;
  }

  get classes(): readonly ClassRecord[] {
    return this.#classes;
  }

  /** In the order of the list: the first wins where two claim a pixel. */
  get objects(): readonly ObjectRecord[] {
    return this.#objects;
  }

  get prompts(): readonly PromptRecord[] {
    return this.#prompts;
  }

  /** The object of an id. Throws an EditError for an id that is not there. */
  object(id: string): ObjectRecord {
    const found = this.#objects.find((one) => one.id === id);
    if (found) return found;
    throw new EditError(
      `There is no object with the id ${id}; it may have been removed. Nothing was changed.`,
      { id },
    );
  }

  /** An object's masks by frame. */
  track(objectId: string): Track {
    this.object(objectId);
    return this.#track(objectId);
  }

  /** The prompts of one object on one frame, in the order they were given. */
  promptsAt(objectId: string, frame: number): PromptRecord[] {
    return this.#prompts.filter((one) => one.objectId === objectId && one.frame === frame);
  }

  /** A copy of everything but the tracks. */
  records(): DocumentRecords {
    return {
      version: this.#version,
      classes: [...this.#classes],
      objects: [...this.#objects],
      prompts: [...this.#prompts],
      lastNumber: this.#lastNumber,
    };
  }

  /**
   * Applies an edit. Throws an EditError, with nothing changed, when it does not fit; an edit made of several
   * is applied whole or not at all.
   */
  apply(edit: Edit): AppliedEdit {
    const inverse = this.#change(edit);
    this.#version++;
    return { edit, inverse, version: this.#version };
  }

  #change(edit: Edit): Edit {
    checkEdit(this, edit);
    switch (edit.kind) {
      case 'add-class':
        insert(this.#classes, edit.class, edit.at);
        return { kind: 'remove-class', classId: edit.class.id };
      case 'change-class': {
        const at = this.#classes.findIndex((one) => one.id === edit.classId);
        const before = this.#classes[at]!;
        this.#classes[at] = { ...before, name: edit.name };
        return { kind: 'change-class', classId: edit.classId, name: before.name };
      }
      case 'remove-class':
        return this.#removeClass(edit.classId);
      case 'add-object':
        insert(this.#objects, edit.object, edit.at);
        this.#lastNumber = Math.max(this.#lastNumber, edit.object.number);
        return { kind: 'remove-object', objectId: edit.object.id };
      case 'change-object':
        return this.#changeObject(edit);
      case 'remove-object':
        return this.#removeObject(edit.objectId);
      case 'add-prompt':
        insert(this.#prompts, edit.prompt, edit.at);
        return { kind: 'remove-prompt', promptId: edit.prompt.id };
      case 'change-prompt': {
        const at = this.#prompts.findIndex((one) => one.id === edit.prompt.id);
        const before = this.#prompts[at]!;
        this.#prompts[at] = edit.prompt;
        return { kind: 'change-prompt', prompt: before };
      }
      case 'remove-prompt': {
        const at = this.#prompts.findIndex((one) => one.id === edit.promptId);
        const [prompt] = this.#prompts.splice(at, 1);
        return { kind: 'add-prompt', prompt: prompt!, at };
      }
      case 'set-track':
        return { ...edit, changes: this.#track(edit.objectId).change(edit.changes) };
      case 'together':
        return this.#together(edit.edits);
    }
  }

  #together(edits: readonly Edit[]): Edit {
    const inverses: Edit[] = [];
    try {
      for (const edit of edits) inverses.unshift(this.#change(edit));
    } catch (error) {
      for (const inverse of inverses) this.#change(inverse);
      throw error;
    }
    return { kind: 'together', edits: inverses };
  }

  #changeObject(edit: Extract<Edit, { kind: 'change-object' }>): Edit {
    const at = this.#objects.findIndex((one) => one.id === edit.objectId);
    const before = this.#objects[at]!;
    this.#objects[at] = { ...before, ...edit.patch };
    const keys = Object.keys(edit.patch) as (keyof typeof edit.patch)[];
    const patch = Object.fromEntries(keys.map((key) => [key, before[key]]));
    return { kind: 'change-object', objectId: edit.objectId, patch };
  }

  #removeClass(classId: string): Edit {
    const members = this.#objects.filter((one) => one.classId === classId);
    const edits: Edit[] = members.map((one) =>
      this.#changeObject({ kind: 'change-object', objectId: one.id, patch: { classId: null } }),
    );
    const at = this.#classes.findIndex((one) => one.id === classId);
    const [removed] = this.#classes.splice(at, 1);
    return { kind: 'together', edits: [{ kind: 'add-class', class: removed!, at }, ...edits] };
  }

  #removeObject(objectId: string): Edit {
    const restore: Edit[] = [];
    for (let at = this.#prompts.length - 1; at >= 0; at--) {
      if (this.#prompts[at]!.objectId !== objectId) continue;
      const [prompt] = this.#prompts.splice(at, 1);
      restore.unshift({ kind: 'add-prompt', prompt: prompt!, at });
    }
    const track = this.#track(objectId);
    const changes = track.change(track.frames().map((frame) => ({ frame, entry: null })));
    if (changes.length > 0) restore.push({ kind: 'set-track', objectId, changes });
    const at = this.#objects.findIndex((one) => one.id === objectId);
    const [object] = this.#objects.splice(at, 1);
    this.#tracks.delete(objectId);
    return { kind: 'together', edits: [{ kind: 'add-object', object: object!, at }, ...restore] };
  }

  #track(objectId: string): Track {
    let track = this.#tracks.get(objectId);
    if (!track) this.#tracks.set(objectId, (track = new Track()));
    return track;
  }
}

function insert<T>(list: T[], item: T, at: number | undefined): void {
  list.splice(at ?? list.length, 0, item);
}
