import { runLengthArea } from '../mask';
import type { ExportedFile, ExportInput, Format } from './format';
import { decodeRunLength } from '../mask';
import { vocPalette } from './indexed-png';
import { labelMap } from './label-map';
import { measure } from './geometry';
import { writePng } from './png';
import type { Cell } from './tables';
import { bytesOf } from './text';
import { workbook } from './xlsx';
import type { Sheet } from './xlsx';
import { yoloLines } from './yolo';

/**
 * J9: SAMannot's own export: `masks/`, `overlays/`, `frames/` and `labels/` by frame, and its three workbooks. Where
 * SAMannot errs it is put right: x is across and y down in the centres, frame_id is the frame's number in the video and
 * not a rank, an average of no clicks is nothing, and holes stay holes (docs/formats.md).
 */
export const samannot: Format = {
  name: 'samannot',
  title: 'SAMannot’s layout',
  keeps:
    'Frames, masks, overlays, labels and workbooks as SAMannot lays them out. An overlap goes to the object higher in the list; 255 objects at most.',
  passes: 3,
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const root = input.video.name;
    const palette = vocPalette();
    for (const frame of input.frames) {
      const name = input.frameName(frame);
      const { width, height, data } = await input.picture(frame);
      const png = (rows: Uint8Array): Uint8Array[] => [writePng({ width, height, depth: 8, kind: 2, rows })];
      const labels = await labelMap(input, frame);
      const masks = new Uint8Array(data.length);
      for (let i = 0; i < masks.length; i++) masks[i] = palette[labels[Math.floor(i / 3)]! * 3 + (i % 3)]!;
      yield { path: `${root}/frames/${name}.png`, chunks: png(data) };
      yield { path: `${root}/masks/${name}.png`, chunks: png(masks) };
      const overlay = new Uint8Array(data.length);
      for (let i = 0; i < data.length; i++) overlay[i] = Math.min(255, data[i]! + (masks[i]! >> 1));
      yield { path: `${root}/overlays/${name}.png`, chunks: png(overlay) };
      yield { path: `${root}/labels/${name}.txt`, chunks: [bytesOf(await labelLines(input, frame))] };
    }
    yield { path: `${root}/label_data.xlsx`, chunks: workbook([labelSheet(input, palette)]) };
    yield { path: `${root}/manual_data.xlsx`, chunks: workbook([manualSheet(input)]) };
    yield { path: `${root}/interpolated_data.xlsx`, chunks: workbook([interpolatedSheet(input)]) };
  },
};

/** In SAMannot a class is a label, so each object has a number of its own, from 0. */
async function labelLines(input: ExportInput, frame: number): Promise<string> {
  let text = '';
  for (const [i, { id }] of input.objects.entries()) {
    const mask = await input.mask(id, frame);
    if (mask) text += yoloLines(mask, i);
  }
  return text;
}

const text = (...names: string[]): Sheet['columns'] => names.map((name) => ({ name, type: 'text' }));

function labelSheet(input: ExportInput, palette: Uint8Array): Sheet {
  return {
    name: 'Sheet1',
    columns: text('label', 'RGB'),
    async *rows(): AsyncGenerator<Cell[]> {
      for (const { name, number } of input.objects)
        yield [name, `(${[...palette.subarray(number * 3, number * 3 + 3)].join(', ')})`];
    },
  };
}

/** What was said by hand: a row for each object and frame that has prompts. */
function manualSheet(input: ExportInput): Sheet {
  return {
    name: 'Sheet1',
    columns: text(
      'frame_id',
      'session_id',
      'label',
      'features',
      'clicks',
      'averaged click x',
      'averaged click y',
      'boxes',
    ),
    async *rows(): AsyncGenerator<Cell[]> {
      for (const frame of input.frames) {
        for (const { id, name } of input.objects) {
          const prompts = input.document.promptsAt(id, frame);
          const points = prompts.filter((one) => one.kind === 'point');
          const positive = points.filter((one) => one.positive);
          const boxes = prompts.filter((one) => one.kind === 'box');
          if (points.length + boxes.length === 0) continue;
          const clicks = points.map(({ x, y, positive: sign }) => `(${x}, ${y}, ${sign ? 1 : 0})`).join(', ');
          const corners = boxes.map(({ x0, y0, x1, y1 }) => `(${x0}, ${y0}, ${x1}, ${y1})`).join(', ');
          const [x, y] = [mean(positive.map((one) => one.x)), mean(positive.map((one) => one.y))];
          yield [
            frame,
            input.video.name,
            name,
            featuresAt(input, id, frame),
            `[${clicks}]`,
            x,
            y,
            `[${corners}]`,
          ];
        }
      }
    },
  };
}

/** What was found: a row for each object and frame with pixels. */
function interpolatedSheet(input: ExportInput): Sheet {
  return {
    name: 'Sheet1',
    columns: text('frame_id', 'session_id', 'label', 'features', 'bounding box', 'center-x', 'center-y'),
    async *rows(): AsyncGenerator<Cell[]> {
      for (const frame of input.frames) {
        for (const { id, name } of input.objects) {
          const mask = await input.mask(id, frame);
          const geometry = mask && runLengthArea(mask) > 0 ? measure(decodeRunLength(mask)) : null;
          if (!geometry) continue;
          const { x0, y0, x1, y1 } = geometry.box;
          // SAMannot's own order: rmin, rmax, cmin, cmax.
          yield [
            frame,
            input.video.name,
            name,
            featuresAt(input, id, frame),
            `${y0},${y1},${x0},${x1}`,
            ...geometry.centroid,
          ];
        }
      }
    },
  };
}

function featuresAt({ document }: ExportInput, objectId: string, frame: number): string {
  return document.features
    .map(({ id, name }) => [name, document.featureAt(objectId, id, frame)] as const)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('; ');
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}
