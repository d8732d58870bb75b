import sharp from 'sharp';
import { voidLabel } from '../../mask';
import type { WorkedSequence } from './evaluate-sequence';

/** Width of a picture on a contact sheet, in pixels. A data set of hundreds of sequences is one page. */
const sheetWidth = 480;

type Verdict = 'taken' | 'left' | 'another' | 'right';

/** How a verdict on a pixel is shown. */
interface Shown {
  readonly color: readonly [red: number, green: number, blue: number];
  /** How much of the picture the colour covers. */
  readonly share: number;
  readonly words: string;
}

/** What a pixel's number may be, against the truth. */
export const verdicts: Readonly<Record<Verdict, Shown>> = {
  taken: { color: [230, 40, 40], share: 0.65, words: 'taken in and no object' },
  left: { color: [40, 90, 255], share: 0.65, words: 'an object and left out' },
  another: { color: [245, 180, 0], share: 0.65, words: 'given to another object' },
  right: { color: [255, 255, 255], share: 0.25, words: 'right' },
};

/** A frame as a JPEG, with what is right and wrong with its masks in colour. */
export async function mistakesPicture(worked: WorkedSequence, frame: number): Promise<Buffer> {
  const { data, width, height } = await worked.video.frameAt(frame);
  const mine = await worked.labelsAt(frame);
  const truth = (await worked.truthAt(frame))!;
  const pixels = Buffer.from(data);
  for (let i = 0; i < mine.length; i++) {
    const verdict = verdictOn(mine[i]!, truth.data[i]!);
    if (!verdict) continue;
    const { color, share } = verdicts[verdict];
    color.forEach((value, c) => {
      pixels[i * 3 + c] = Math.round(pixels[i * 3 + c]! * (1 - share) + value * share);
    });
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: sheetWidth, withoutEnlargement: true })
    .jpeg({ quality: 75 })
    .toBuffer();
}

/** Of two numbers of objects, 0 for none; null where neither has one, and where the truth says nothing. */
function verdictOn(mine: number, wanted: number): Verdict | null {
  if (wanted === voidLabel) return null;
  if (mine === wanted) return mine === 0 ? null : 'right';
  if (mine === 0) return 'left';
  return wanted === 0 ? 'taken' : 'another';
}
