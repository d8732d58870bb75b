import type { ImportInput } from '../format';
import { stem } from '../text';
import type { GivenPrompt } from './given-prompt';
import { insideBox, LabelCount, noPromptFrame, wrongPrompts } from './given-prompt';

/** What columns may be called, the first that is there counts. */
const columns = {
  frame: ['frame', 'frame_number', 'image', 'file', 'filename', 'file_name'],
  object: ['object_name', 'name', 'object', 'track_id', 'track', 'id'],
  class: ['class', 'label', 'category'],
  corners: [
    ['x0', 'y0', 'x1', 'y1'],
    ['xmin', 'ymin', 'xmax', 'ymax'],
  ],
  sizes: [
    ['x', 'y', 'width', 'height'],
    ['x', 'y', 'w', 'h'],
  ],
} as const;

type Row = Pick<ReadonlyMap<string, string>, 'get'>;

/**
 * Boxes and points of a CSV with a header: a row a prompt. Corners (`x0,y0,x1,y1` or `xmin,ymin,xmax,ymax`) are pixels,
 * inclusive, as in the table `prompts`; `x,y,width,height` as in COCO; a row with `x,y` alone is a point, and
 * `positive` says which kind.
 */
export function* csvBoxes(
  text: string,
  path: string,
  input: ImportInput,
): Generator<GivenPrompt, void, undefined> {
  const [header, ...lines] = parseCsv(text);
  const names = (header ?? []).map((one) => one.trim().toLowerCase());
  const has = (wanted: readonly string[]): boolean => wanted.every((one) => names.includes(one));
  const frameColumn = columns.frame.find((one) => names.includes(one));
  const corners = columns.corners.find(has) ?? null;
  const sizes = columns.sizes.find(has) ?? null;
  if (frameColumn === undefined || (!corners && !sizes && !has(['x', 'y'])))
    throw wrongPrompts(
      path,
      'a table of prompts',
      'its first line must name the columns, such as frame,name,x0,y0,x1,y1 or frame,label,x,y,width,height',
    );
  const places = new Map(names.map((name, at) => [name, at]));
  const counts = new LabelCount();
  for (const [i, line] of lines.entries()) {
    const row: Row = {
      get: (name) => {
        const at = places.get(name);
        return at === undefined ? undefined : (line[at]?.trim() ?? '');
      },
    };
    const wrong = (why: string): Error => wrongPrompts(path, 'a table of prompts', `line ${i + 2}: ${why}`);
    const frame = frameOf(row.get(frameColumn)!, input);
    if (frame === null) throw noPromptFrame(path, row.get(frameColumn)!, input);
    const className = valueOf(row, columns.class);
    const name = valueOf(row, columns.object);
    const label = className ?? 'object';
    const object = name === null ? counts.next(frame, label) : { key: name, name: named(name, label) };
    const box =
      (corners && cornersOf(row, corners, has(['x', 'y']), wrong)) ?? (sizes && sizesOf(row, sizes, wrong));
    const inside = box && insideBox(box, input);
    if (box && !inside) throw wrong('its box lies outside the picture');
    const point = box ? null : pointOf(row, wrong);
    yield { ...object, className, frame, box: inside, point };
  }
}

function frameOf(value: string, input: ImportInput): number | null {
  if (/^\d+$/.test(value) && Number(value) < input.video.frameCount) return Number(value);
  return input.frameOf(stem(value));
}

function valueOf(row: Row, names: readonly string[]): string | null {
  const name = names.find((one) => (row.get(one) ?? '') !== '');
  return name === undefined ? null : row.get(name)!;
}

/** A track that is only a number is called by its class. */
function named(name: string, label: string): string {
  return /^\d+$/.test(name) ? `${label} ${name}` : name;
}

type Wrong = (why: string) => Error;

function numberOf(row: Row, name: string, wrong: Wrong): number {
  const value = Number(row.get(name));
  if (row.get(name) === '' || !Number.isFinite(value)) throw wrong(`“${name}” is no number`);
  return value;
}

/** Columns of which a row has something; where it has some of them and not all, it says too little. */
function hasAll(row: Row, names: readonly string[], wrong: Wrong): boolean {
  const missing = names.filter((one) => row.get(one) === '');
  if (missing.length === 0 || missing.length === names.length) return missing.length === 0;
  throw lacking(missing, wrong);
}

function lacking(missing: readonly string[], wrong: Wrong): Error {
  const called = missing.map((one) => `“${one}”`);
  return called.length === 1
    ? wrong(`${called[0]} is missing`)
    : wrong(`${called.slice(0, -1).join(', ')} and ${called.at(-1)} are missing`);
}

type Box = [x0: number, y0: number, x1: number, y1: number];

/** Null for a row without corners, which may be a point where there are columns for one. */
function cornersOf(row: Row, names: readonly string[], mayBePoint: boolean, wrong: Wrong): Box | null {
  if (!hasAll(row, names, wrong)) {
    if (mayBePoint) return null;
    throw lacking(names, wrong);
  }
  const [x0, y0, x1, y1] = names.map((one) => numberOf(row, one, wrong));
  return [x0!, y0!, x1! + 1, y1! + 1];
}

/** Null for a row without a size, which is a point. */
function sizesOf(row: Row, names: readonly string[], wrong: Wrong): Box | null {
  if (names.slice(2).every((one) => row.get(one) === '')) return null;
  hasAll(row, names, wrong);
  const [x, y, width, height] = names.map((one) => numberOf(row, one, wrong));
  return [x!, y!, x! + width!, y! + height!];
}

function pointOf(row: Row, wrong: Wrong): NonNullable<GivenPrompt['point']> {
  const positive = !/^(false|0|no|negative)$/i.test(row.get('positive') ?? '');
  const missing = ['x', 'y'].filter((one) => row.get(one) === '');
  if (missing.length > 0) throw lacking(missing, wrong);
  return { x: numberOf(row, 'x', wrong), y: numberOf(row, 'y', wrong), positive };
}

/** Rows of a CSV by RFC 4180; lines without anything are passed over. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false];
  const endRow = (): void => {
    row.push(field);
    if (row.some((one) => one !== '')) rows.push(row);
    [row, field] = [[], ''];
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text[i + 1] === '"') field += text[++i]!;
      else quoted = false;
    } else if (sign === '"' && field === '') quoted = true;
    else if (sign === ',') {
      row.push(field);
      field = '';
    } else if (sign === '\n') endRow();
    else if (sign !== '\r') field += sign;
  }
  endRow();
  return rows;
}
