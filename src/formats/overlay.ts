import type { ObjectRecord } from '../annotation';
import { decodeRunLength, runLengthArea } from '../mask';
import type { Bitmap } from '../mask';
import type { ExportedFile, ExportInput, Format, Picture } from './format';
import { hasDot, plainText } from './pixel-font';
import { runLengthBox } from './rle-string';

/** J6: one `VIDEO-overlay.mp4`: each object in its colour, with an outline and its name. 25 frames a second where the source has no time. */
export const overlay: Format = {
  name: 'overlay',
  title: 'Video with masks (mp4)',
  keeps:
    'A video to look at: colours, outlines and names over the picture. Masks cannot be read back from it.',
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    const chunks = input.encodeVideo(pictures(input), input.frameRate ?? 25);
    yield { path: `${input.video.name}-overlay.mp4`, chunks };
  },
};

const share = 0.45;

async function* pictures(input: ExportInput): AsyncGenerator<Picture, void, undefined> {
  for (const frame of input.frames) {
    const picture = await input.picture(frame);
    const painted = { ...picture, data: Uint8Array.from(picture.data) };
    const tags: (() => void)[] = [];
    for (const object of [...input.objects].reverse()) {
      const mask = await input.mask(object.id, frame);
      if (!mask || runLengthArea(mask) === 0) continue;
      const color = rgbOf(object.color);
      paint(painted, decodeRunLength(mask), color);
      const { x0, y0 } = runLengthBox(mask)!;
      tags.push(() => drawTag(painted, tagOf(object), x0, y0, color));
    }
    // Names lie above all masks.
    tags.forEach((draw) => draw());
    yield painted;
  }
}

type Color = readonly [red: number, green: number, blue: number];

function rgbOf(color: string): Color {
  const value = parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The name, or the number where the name has signs that the font lacks. */
function tagOf({ name, number }: ObjectRecord): string {
  return plainText(name)?.slice(0, 24) ?? `#${number}`;
}

function paint({ width, height, data }: Picture, mask: Bitmap, color: Color): void {
  const thick = Math.max(1, Math.round(height / 480));
  const set = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask.data[y * width + x] === 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask.data[y * width + x] !== 1) continue;
      const edge = !set(x - thick, y) || !set(x + thick, y) || !set(x, y - thick) || !set(x, y + thick);
      const part = edge ? 1 : share;
      const at = (y * width + x) * 3;
      for (let i = 0; i < 3; i++) data[at + i] = Math.round(data[at + i]! * (1 - part) + color[i]! * part);
    }
  }
}

/** Black letters on the object's colour, above the mask's box or, at the picture's edge, within it. */
function drawTag({ width, height, data }: Picture, text: string, x0: number, y0: number, color: Color): void {
  const scale = Math.max(1, Math.round(height / 360));
  const [tagWidth, tagHeight] = [(text.length * 6 + 1) * scale, 9 * scale];
  const left = Math.max(0, Math.min(x0, width - tagWidth));
  const top = y0 >= tagHeight ? y0 - tagHeight : Math.min(y0, Math.max(0, height - tagHeight));
  for (let y = 0; y < tagHeight && top + y < height; y++) {
    for (let x = 0; x < tagWidth && left + x < width; x++) {
      const [column, row] = [Math.floor(x / scale) - 1, Math.floor(y / scale) - 1];
      const sign = text[Math.floor(column / 6)];
      const dot =
        column >= 0 && row >= 0 && row < 7 && column % 6 < 5 && sign && hasDot(sign, column % 6, row);
      data.set(dot ? [0, 0, 0] : color, ((top + y) * width + left + x) * 3);
    }
  }
}
