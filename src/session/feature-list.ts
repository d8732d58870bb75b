import type { AnnotationDocument, Edit, FeatureRecord, FeatureType, IdSource } from '../annotation';
import { EditError } from '../errors';

/** What a user says of a new feature. */
export interface NewFeature {
  readonly name: string;
  /** `text` where nothing is said; `choice` where options are given. */
  readonly type?: FeatureType;
  /** The values of a `choice`. */
  readonly options?: readonly string[];
}

interface FeatureOwner {
  readonly document: AnnotationDocument;
  readonly nextId: IdSource;
  apply(edit: Edit): Promise<void>;
}

/** What is noted of objects over time: “behaviour”, “speed”, “in the nest” (E1). */
export class FeatureList implements Iterable<FeatureRecord> {
  readonly #session: FeatureOwner;

  constructor(session: FeatureOwner) {
    this.#session = session;
  }

  get length(): number {
    return this.#session.document.features.length;
  }

  /** Adds a feature. Throws an EditError for a name that is taken or options that do not fit. */
  add({ name, options = [], type = options.length > 0 ? 'choice' : 'text' }: NewFeature): FeatureRecord {
    const feature = { id: this.#session.nextId(), name: name.trim(), type, options: [...options] };
    void this.#session.apply({ kind: 'add-feature', feature });
    return feature;
  }

  /** The feature of a name or id. Throws an EditError that lists what there is. */
  get(name: string): FeatureRecord {
    const { features } = this.#session.document;
    const found = features.find((one) => one.name === name) ?? features.find((one) => one.id === name);
    if (found) return found;
    const names = features.map((one) => `“${one.name}”`).join(', ');
    throw new EditError(
      `There is no feature “${name}”. ${names ? `There are: ${names}.` : 'There are no features yet.'}`,
      { name },
    );
  }

  /** Changes a feature's name or options. */
  async change(
    name: string,
    patch: { readonly name?: string; readonly options?: readonly string[] },
  ): Promise<void> {
    await this.#session.apply({ kind: 'change-feature', featureId: this.get(name).id, patch });
  }

  /** Takes a feature away, with all its values. */
  async remove(name: string): Promise<void> {
    await this.#session.apply({ kind: 'remove-feature', featureId: this.get(name).id });
  }

  [Symbol.iterator](): Iterator<FeatureRecord> {
    return [...this.#session.document.features][Symbol.iterator]();
  }
}
