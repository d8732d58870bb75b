import { ModelError } from '../../errors';
import { shownName } from './shown-name';

/** A tensor as a pickle of torch describes it: where its numbers lie among the file's storages. */
export interface PickledTensor {
  readonly storage: string;
  readonly storageType: string;
  /** Numbers from the storage's start. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

/** What a pickle may hold here. Dictionaries keep their text keys only. */
export type Pickled =
  null | boolean | number | string | PickledTensor | readonly Pickled[] | Map<string, Pickled>;

/** Storage types by name; nothing else of the module `torch` is known. */
const storageTypes = ['Float', 'Half', 'BFloat16', 'Double', 'Long', 'Int', 'Short', 'Char', 'Byte', 'Bool'];
const known: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  ...storageTypes.map((one) => `torch.${one}Storage`),
]);

/** More operations than any state dictionary needs: large has 903 tensors of some 40 each. */
const mostOperations = 2_000_000;

class Global {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}
class Storage {
  readonly key: string;
  readonly type: string;

  constructor(key: string, type: string) {
    this.key = key;
    this.type = type;
  }
}
class Mark {}

type Item =
  Exclude<Pickled, readonly Pickled[] | Map<string, Pickled>> | Global | Storage | Mark | Item[] | ItemMap;
type ItemMap = Map<string, Item>;

/**
 * Reads what `torch.save` writes for a state dictionary, and nothing else: a pickle is a program, and this one is
 * never run. Everything it may call is listed above; whatever else it asks for is refused by the name that the file
 * gives it. Throws a ModelError.
 */
export function readStatePickle(bytes: Uint8Array, path: string): Pickled {
  return new PickleReader(bytes, path).read();
}

function isList(item: Item | undefined): item is Item[] {
  return Array.isArray(item);
}

class PickleReader {
  readonly #bytes: Buffer;
  readonly #path: string;
  readonly #stack: Item[] = [];
  readonly #memo = new Map<number, Item>();
  #at = 0;

  constructor(bytes: Uint8Array, path: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#path = path;
  }

  read(): Pickled {
    for (let i = 0; i < mostOperations; i++) {
      const code = this.#byte();
      if (code === 0x2e) return this.#result();
      this.#step(code);
    }
    throw this.#damaged('it never ends');
  }

  #result(): Pickled {
    const value = this.#pop();
    if (value instanceof Global || value instanceof Storage || value instanceof Mark)
      throw this.#damaged('it holds no weights');
    return value as Pickled;
  }

  // Operations by their code: CPython's pickletools.py.
  #step(code: number): void {
    switch (code) {
      case 0x80: // PROTO
        return void this.#byte();
      case 0x95: // FRAME
        return void this.#take(8);
      case 0x28: // MARK
        return void this.#stack.push(new Mark());
      case 0x7d: // EMPTY_DICT
        return void this.#stack.push(new Map<string, Item>());
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        return void this.#stack.push([]);
      case 0x4e: // NONE
        return void this.#stack.push(null);
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        return void this.#stack.push(code === 0x88);
      case 0x63: // GLOBAL
        return this.#global(this.#line(), this.#line());
      case 0x93: {
        // STACK_GLOBAL
        const name = this.#text(this.#pop());
        return this.#global(this.#text(this.#pop()), name);
      }
      case 0x69: // INST: names what it makes, like GLOBAL; nothing known here is made so
        throw this.#refusedGlobal(`${this.#line()}.${this.#line()}`);
      case 0x51: // BINPERSID
        return void this.#stack.push(this.#persistent(this.#pop()));
      case 0x52: // REDUCE
        return this.#call();
      case 0x62: // BUILD: attributes, such as a dictionary's _metadata, say nothing about weights
        return void this.#pop();
      case 0x30: // POP
        return void this.#pop();
      default:
        if (!this.#number(code) && !this.#memory(code) && !this.#collect(code)) throw this.#refused(code);
    }
  }

  #number(code: number): boolean {
    switch (code) {
      case 0x4b: // BININT1
        return this.#push(this.#byte());
      case 0x4d: // BININT2
        return this.#push(this.#take(2).readUInt16LE());
      case 0x4a: // BININT
        return this.#push(this.#take(4).readInt32LE());
      case 0x47: // BINFLOAT
        return this.#push(this.#take(8).readDoubleBE());
      case 0x8a: {
        // LONG1
        const digits = this.#take(this.#byte());
        if (digits.length > 8) throw this.#damaged('it has a number that is too large');
        return this.#push(digits.reduceRight((sum, one) => sum * 256 + one, 0));
      }
      case 0x58: // BINUNICODE
        return this.#push(this.#take(this.#take(4).readUInt32LE()).toString('utf8'));
      case 0x8c: // SHORT_BINUNICODE
        return this.#push(this.#take(this.#byte()).toString('utf8'));
      default:
        return false;
    }
  }

  #memory(code: number): boolean {
    switch (code) {
      case 0x71: // BINPUT
        return this.#keep(this.#byte());
      case 0x72: // LONG_BINPUT
        return this.#keep(this.#take(4).readUInt32LE());
      case 0x94: // MEMOIZE
        return this.#keep(this.#memo.size);
      case 0x68: // BINGET
        return this.#push(this.#kept(this.#byte()));
      case 0x6a: // LONG_BINGET
        return this.#push(this.#kept(this.#take(4).readUInt32LE()));
      default:
        return false;
    }
  }

  #collect(code: number): boolean {
    switch (code) {
      case 0x85: // TUPLE1, TUPLE2, TUPLE3
      case 0x86:
      case 0x87: {
        const items = Array.from({ length: code - 0x84 }, () => this.#pop()).reverse();
        return this.#push(items);
      }
      case 0x74: // TUPLE
        return this.#push(this.#popToMark());
      case 0x65: // APPENDS
      case 0x61: {
        // APPEND
        const items = code === 0x65 ? this.#popToMark() : [this.#pop()];
        const list = this.#top();
        if (!isList(list)) throw this.#damaged('it adds to what is no list');
        for (const item of items) list.push(item);
        return true;
      }
      case 0x75: // SETITEMS
        return this.#setItems(this.#popToMark());
      case 0x73: // SETITEM
        return this.#setItems([this.#pop(), this.#pop()].reverse());
      default:
        return false;
    }
  }

  #setItems(items: readonly Item[]): boolean {
    const target = this.#top();
    if (!(target instanceof Map)) throw this.#damaged('it sets items of what is no dictionary');
    for (let i = 0; i + 1 < items.length; i += 2) {
      const key = items[i];
      if (typeof key === 'string') target.set(key, items[i + 1]!);
    }
    return true;
  }

  #global(module: string, name: string): void {
    const full = `${module}.${name}`;
    if (!known.has(full)) throw this.#refusedGlobal(full);
    this.#stack.push(new Global(full));
  }

  #persistent(item: Item): Storage {
    if (!isList(item) || item[0] !== 'storage' || !(item[1] instanceof Global))
      throw this.#damaged('it refers to something that is no tensor storage');
    return new Storage(this.#text(item[2]), item[1].name.replace(/^torch\.|Storage$/g, ''));
  }

  #call(): void {
    const given = this.#pop();
    const callee = this.#pop();
    if (!(callee instanceof Global) || !isList(given)) throw this.#damaged('it calls what is no function');
    switch (callee.name) {
      case 'collections.OrderedDict':
        return void this.#stack.push(new Map<string, Item>());
      case 'torch._utils._rebuild_tensor_v2':
        return void this.#stack.push(this.#tensor(given));
      case 'torch._utils._rebuild_parameter':
        return void this.#stack.push(given[0] ?? null);
      default:
        throw this.#refusedGlobal(callee.name);
    }
  }

  #tensor([storage, offset, shape, stride]: readonly Item[]): PickledTensor {
    if (!(storage instanceof Storage)) throw this.#damaged('a tensor has no storage');
    return {
      storage: storage.key,
      storageType: storage.type,
      offset: this.#whole(offset),
      shape: this.#wholes(shape),
      stride: this.#wholes(stride),
    };
  }

  #wholes(item: Item | undefined): number[] {
    if (!isList(item) || item.length > 8) throw this.#damaged('a tensor has no shape');
    return item.map((one) => this.#whole(one));
  }

  #whole(item: Item | undefined): number {
    if (typeof item === 'number' && Number.isSafeInteger(item) && item >= 0) return item;
    throw this.#damaged('a tensor’s shape or place is no whole number');
  }

  #text(item: Item | undefined): string {
    if (typeof item === 'string') return item;
    throw this.#damaged('a name is no text');
  }

  #push(item: Item): true {
    this.#stack.push(item);
    return true;
  }

  #pop(): Item {
    if (this.#stack.length === 0) throw this.#damaged('it takes what was never put');
    return this.#stack.pop()!;
  }

  #top(): Item {
    return this.#stack[this.#stack.length - 1] ?? null;
  }

  #popToMark(): Item[] {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      if (!(this.#stack[i] instanceof Mark)) continue;
      const items = this.#stack.splice(i + 1);
      this.#stack.pop();
      return items;
    }
    throw this.#damaged('a list has no start');
  }

  #keep(key: number): true {
    this.#memo.set(key, this.#top());
    return true;
  }

  #kept(key: number): Item {
    const item = this.#memo.get(key);
    if (item === undefined) throw this.#damaged('it asks for what was never kept');
    return item;
  }

  #byte(): number {
    return this.#take(1)[0]!;
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw this.#damaged('it ends too early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0 || end - this.#at > 500) throw this.#damaged('a name has no end');
    const line = this.#bytes.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return line;
  }

  #refusedGlobal(full: string): ModelError {
    const name = shownName(full);
    return new ModelError(
      `${this.#path} was refused: it asks to run \`${name}\`, which no checkpoint needs. Nothing was run and nothing was kept. Do not open this file with PyTorch; get the checkpoint from its makers.`,
      { path: this.#path, global: name },
    );
  }

  #refused(code: number): ModelError {
    return new ModelError(
      `${this.#path} was refused: its pickle has the operation 0x${code.toString(16)}, which no state dictionary needs. Nothing was run and nothing was kept. Get the checkpoint from its makers, or save its state dictionary with a current PyTorch.`,
      { path: this.#path },
    );
  }

  #damaged(why: string): ModelError {
    return new ModelError(
      `${this.#path} cannot be read as a checkpoint: its list of tensors is damaged (${why}). Nothing was changed. Download the file again.`,
      { path: this.#path },
    );
  }
}
