import { newObjectEdit } from '../annotation';
import type { NewObject } from '../annotation';
import { AnnotatedObject } from './annotated-object';
import type { ObjectOwner } from './annotated-object';
import { findObject } from './object-names';

/** The objects of a session, in the order of the list. */
export class ObjectList implements Iterable<AnnotatedObject> {
  readonly #session: ObjectOwner;
  readonly #handles = new Map<string, AnnotatedObject>();

  constructor(session: ObjectOwner) {
    this.#session = session;
  }

  get length(): number {
    return this.#session.document.objects.length;
  }

  /** Adds an object; a class of the given name is made when there is none. Throws an EditError for a bad name. */
  add(wanted: NewObject = {}): AnnotatedObject {
    const { edit, object } = newObjectEdit(this.#session.document.records(), wanted, () =>
      this.#session.nextId(),
    );
    void this.#session.apply(edit);
    return this.#handle(object.id);
  }

  /**
   * The object of a name, an id, or a number as `#2`. Throws an EditError that lists what there is, or the numbers where
   * several have the name.
   */
  get(name: string): AnnotatedObject {
    return this.#handle(findObject(this.#session.document.objects, name).id);
  }

  *[Symbol.iterator](): Iterator<AnnotatedObject> {
    for (const { id } of [...this.#session.document.objects]) yield this.#handle(id);
  }

  #handle(id: string): AnnotatedObject {
    let handle = this.#handles.get(id);
    if (!handle) this.#handles.set(id, (handle = new AnnotatedObject(this.#session, id)));
    return handle;
  }
}
