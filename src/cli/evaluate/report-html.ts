import sharp from 'sharp';
import type { WorkedSequence } from './evaluate-sequence';

/** Width of a picture on a contact sheet. */
const sheetWidth = 426;

/** A page with the table and, for each sequence, its worst frames with what was wrong in them; all in one file. */
export class HtmlReport {
  readonly #heading: string;
  readonly #parts: string[] = [];

  constructor(heading: string) {
    this.#heading = heading;
  }

  /** Draws a sequence's worst frames. */
  async add(worked: WorkedSequence): Promise<void> {
    const { result, session, video } = worked;
    const figures: string[] = [];
    for (const { frame, iou } of result.worst) {
      const picture = await video.frameAt(frame);
      const truth = (await worked.truthAt(frame))!;
      const { data: labels } = await session.labels(frame);
      const pixels = Buffer.from(picture.data);
      for (let i = 0; i < labels.length; i++) {
        const [mine, wanted] = [labels[i]! > 0, truth.data[i]! > 0 && truth.data[i] !== 255];
        if (mine && wanted) tint(pixels, i, [255, 255, 255], 0.25);
        else if (mine) tint(pixels, i, [230, 40, 40], 0.65);
        else if (wanted) tint(pixels, i, [40, 90, 255], 0.65);
      }
      const raw = { width: picture.width, height: picture.height, channels: 3 as const };
      const jpeg = await sharp(pixels, { raw })
        .resize({ width: sheetWidth })
        .jpeg({ quality: 75 })
        .toBuffer();
      const words = `${result.sequence}, frame ${frame}, mean IoU ${iou.toFixed(3)}`;
      figures.push(
        `<figure><img alt="${escaped(words)}" src="data:image/jpeg;base64,${jpeg.toString('base64')}"><figcaption>${escaped(words)}</figcaption></figure>`,
      );
    }
    const sheet = `<div class="sheet">${figures.join('')}</div>`;
    this.#parts.push(`<h2>${escaped(result.sequence)}</h2>${absenceNote(result.absent)}${sheet}`);
  }

  /** The page, with the table as text. */
  page(table: string): string {
    return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(this.#heading)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 24px; color: #222; background: #fff; }
pre { overflow-x: auto; font-size: 13px; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 12px; }
figure { margin: 0; } img { width: 100%; } figcaption { font-size: 13px; color: #555; }
.key span { display: inline-block; width: 12px; height: 12px; margin: 0 6px 0 14px; }
</style>
<h1>${escaped(this.#heading)}</h1>
<pre>${escaped(table)}</pre>
<p class="key">The worst frames: <span style="background:#e62828"></span>taken in and not the object
<span style="background:#285aff"></span>the object and left out <span style="background:#ddd"></span>right</p>
${this.#parts.join('\n')}
</html>
`;
  }
}

/** How often an object that was not in the picture was given a mask: it wandered off. Nothing where none was ever away. */
function absenceNote({ frames, wrong }: { readonly frames: number; readonly wrong: number }): string {
  return frames === 0
    ? ''
    : `<p>Frames without an object: ${frames}. Given a mask all the same: ${wrong}.</p>`;
}

function tint(pixels: Buffer, i: number, color: readonly [number, number, number], share: number): void {
  color.forEach((value, c) => {
    pixels[i * 3 + c] = Math.round(pixels[i * 3 + c]! * (1 - share) + value * share);
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
