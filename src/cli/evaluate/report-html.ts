import { xmlText } from '../../formats';
import { meanOf } from '../../metrics';
import type { ObjectScore } from '../../metrics';
import type { EvaluatedSequence, WorkedSequence } from './evaluate-sequence';
import { iouChart } from './iou-chart';
import { mistakesPicture, verdicts } from './mistakes-picture';
import { reportNotes, reportTable, three } from './report-text';

/** The chart has the ground of a dark page in both themes: objects' colours are made for pictures, and some are pale. */
const style = `
:root { color-scheme: light dark; --ink: light-dark(#222, #ddd); --faint: light-dark(#5c5c5c, #a2a2a2);
  --line: light-dark(#d8d8d8, #444); --page: light-dark(#fff, #1b1b1b); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 24px auto; padding: 0 24px; max-width: 1400px;
  color: var(--ink); background: var(--page); }
h1 { font-size: 22px; line-height: 1.3; } h2 { font-size: 18px; margin: 32px 0 8px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; white-space: nowrap; }
th, td { padding: 4px 10px; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.note, figcaption { font-size: 13px; color: var(--faint); } .note { max-width: 90ch; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 8px 0; font-size: 13px; }
.key i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; border: 1px solid var(--faint); }
.key i, svg { print-color-adjust: exact; forced-color-adjust: none; }
svg { display: block; width: 100%; max-width: 900px; margin: 8px 0; background: #1b1b1b; }
polyline { fill: none; stroke-width: 1.5; stroke-linecap: round; }
.grid { stroke: #444; } .worst { stroke: #a2a2a2; stroke-dasharray: 3 3; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: 12px; }
figure { margin: 0; } img { display: block; width: 100%; }
@media print { body { margin: 0; } figure, svg { break-inside: avoid; } }`;

/**
 * A page with the table and, for each sequence, its objects' IoU over the frames and its worst frames with what is wrong in
 * them; all in one file.
 */
export class HtmlReport {
  readonly #heading: string;
  readonly #parts: string[] = [];

  constructor(heading: string) {
    this.#heading = heading;
  }

  /** Adds a sequence: its objects over the frames, and its worst frames. */
  async add(worked: WorkedSequence): Promise<void> {
    const { sequence, worst, frames, objects, absent } = worked.result;
    const colors = new Map([...worked.session.objects].map((one) => [one.name, one.color]));
    const lines = objects.map(({ name, masks }) => ({
      name: `object ${xmlText(name)}`,
      color: colors.get(name)!,
      masks,
    }));
    const figures: string[] = [];
    for (const { frame, iou } of worst) {
      const jpeg = (await mistakesPicture(worked, frame)).toString('base64');
      const words = xmlText(`${sequence}, frame ${frame}, mean IoU ${iou.toFixed(3)}`);
      figures.push(
        `<figure><img alt="${words}" src="data:image/jpeg;base64,${jpeg}"><figcaption>${words}</figcaption></figure>`,
      );
    }
    this.#parts.push(
      `<h2>${xmlText(sequence)}</h2>`,
      absenceNote(absent),
      `<ul class="key">${objects.map((one) => objectKey(one, colors.get(one.name)!)).join('')}</ul>`,
      iouChart(
        lines,
        frames,
        worst.map((one) => one.frame),
      ),
      `<div class="sheet">${figures.join('')}</div>`,
    );
  }

  /** The page. */
  page(results: readonly EvaluatedSequence[]): string {
    const { titles, rows } = reportTable(results);
    const cells = (tag: string, row: readonly string[]): string =>
      `<tr>${row.map((one) => `<${tag}>${xmlText(one)}</${tag}>`).join('')}</tr>`;
    const key = Object.values(verdicts).map(({ color, words }) => keyEntry(`rgb(${color.join(' ')})`, words));
    return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${xmlText(this.#heading)}</title>
<style>${style}
</style>
<h1>${xmlText(this.#heading)}</h1>
<div class="table"><table><thead>${cells('th', titles)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></div>
${reportNotes.map((one) => `<p class="note">${xmlText(one)}</p>`).join('\n')}
<p class="note">Below, of each sequence: every object’s IoU over the frames, from 0 at the bottom to 1 at the top, and the frames with the lowest mean, which broken lines mark, with what is right and wrong in colour:</p>
<ul class="key">${key.join('')}</ul>
${this.#parts.join('\n')}
</html>
`;
  }
}

function objectKey({ name, masks }: ObjectScore, color: string): string {
  const ious = masks.filter((one) => one.present).map((one) => one.iou);
  return keyEntry(color, `object ${name}: ${three(meanOf(ious))}`);
}

function keyEntry(color: string, words: string): string {
  return `<li><i style="background:${color}"></i>${xmlText(words)}</li>`;
}

/** How often an object that was not in the picture was given a mask: it wandered off. Nothing where none was ever away. */
function absenceNote({ frames, wrong }: { readonly frames: number; readonly wrong: number }): string {
  return frames === 0
    ? ''
    : `<p>Frames without an object: ${frames}. Given a mask all the same: ${wrong}.</p>`;
}
