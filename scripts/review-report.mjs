// Writes down what scripts/review-figures.mjs measured: for the canvas, and for people.

const two = (value) => value.toFixed(2);
const names = {
  ...{ absence: 'Absence', drift: 'Drift', swap: 'Swap', seam: 'Seam', disagreement: 'Disagreement' },
};
const faults = {
  dropout: 'masks empty for 1 to 10 frames',
  'left out': '1 to 8 frames without a mask',
  shift: 'mask moved by 0.3 to 1 of its length for 3 to 20 frames',
  leak: 'a disk of 0.25 to 1 of its area added at its edge for 3 to 20 frames',
  growth: 'edge that creeps outward over 24 frames',
  swap: 'two objects’ masks exchanged to the end',
  takeover: 'mask of another object to the end',
};

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export function writeReport({ results, clean, seen, sequences, thresholds, precision, recall }) {
  const per100 = (kind) => ((clean.alarms[kind] ?? 0) / clean.frames) * 100;
  const on = `planted faults in ${sequences.length} sequences with known masks (${sequences.reduce((n, one) => n + one.objects, 0)} objects)`;
  const worth = Object.fromEntries(
    Object.entries(results).map(([kind, { counts }]) => [
      kind,
      {
        precision: Number(two(precision(counts))),
        recall: Number(two(recall(counts))),
        faults: counts.found + counts.missed,
      },
    ]),
  );
  const source = `import type { AlarmKind } from '../annotation';

// Written by \`npm run review:figures\`; docs/review.md says how it was measured.

/** What an alarm was measured to be worth. */
export interface AlarmWorth {
  /** Of its alarms those that stood at a planted fault, 0 to 1. */
  readonly precision: number;
  /** Of the planted faults of its kind those that it found, 0 to 1. */
  readonly recall: number;
  /** How many faults of its kind were planted. */
  readonly faults: number;
}

/** What was measured on. */
export const worthMeasuredOn = '${on}';

/** What each kind of alarm was measured to be worth. */
export const alarmWorth: Readonly<Record<AlarmKind, AlarmWorth>> = {
${Object.entries(worth)
  .map(
    ([kind, one]) =>
      `  ${kind}: { precision: ${one.precision}, recall: ${one.recall}, faults: ${one.faults} },`,
  )
  .join('\n')}
};
`;
  const kinds = Object.keys(results);
  const overall = table(
    [
      'alarm',
      'faults',
      'precision',
      'recall',
      'without the sequence: precision',
      'recall',
      'false alarms in 100 clean frames',
    ],
    kinds.map((kind) => [
      ...[
        names[kind],
        worth[kind].faults,
        two(precision(results[kind].counts)),
        two(recall(results[kind].counts)),
      ],
      ...[two(precision(results[kind].left.counts)), two(recall(results[kind].left.counts))],
      kind === 'seam' || kind === 'disagreement' ? '–' : two(per100(kind)),
    ]),
  );
  const byType = table(
    ['fault', 'what', 'planted', 'found by its own alarm', 'by any alarm'],
    kinds.flatMap((kind) =>
      results[kind].types.map(([type, counts]) => [
        ...[type, faults[type], counts.found + counts.missed, two(recall(counts))],
        two(seen[type].seen / seen[type].all),
      ]),
    ),
  );
  const chosen = table(
    ['left out', ...kinds.map((kind) => names[kind])],
    sequences.map(({ name }) => [
      name,
      ...kinds.map((kind) =>
        Object.values(results[kind].left.left.find((one) => one.name === name).chosen).join(', '),
      ),
    ]),
  );
  const document = `# Review: what alarms are worth

An alarm says: look here. It is raised by a rule over a few figures of each mask (area, centroid, IoU with the frame before,
the other object that it is most like), never by the model’s own confidence alone: a published audit found that it hardly tells right from wrong (here it told more: last part). Rules are in
\`src/review\`, each kind by itself:

- **Absence**: empty, or left out, where the object was whole on the frame before (${thresholds.wholeShare} of its usual area or more) and did not leave at the border.
- **Drift**: a jump of the area (over ${thresholds.areaJump} times its usual change), of the centroid off its course (${thresholds.placeJump} times), or an area
  that creeps away over 12 frames (${thresholds.creep} times). Usual is the median of the frames around, for the same object.
- **Swap**: more like another object’s mask on the frame before than like its own (by IoU ${thresholds.takenMargin} or more), or ${thresholds.sharedPixels * 100} % of the
  pixels of the smaller in common with it.
- **Seam**: two blocks agree on the frame that they share by less than IoU ${thresholds.seamIou}.
- **Disagreement**: a check from the other side agrees by less than IoU ${thresholds.checkIou}. See [working.md](working.md), Check.

Masks that a person clicked, drew, locked or marked absent are taken as true.

## How it was measured

\`npm run review:figures\` takes the known masks of ${sequences.map(({ name, frames, objects }) => `${name} (${frames} frames, ${objects} ${objects === 1 ? 'object' : 'objects'})`).join(', ')}, plants
one fault in a track at a frame that a seeded generator chooses, and asks the rules. A fault is found when an alarm of its kind stands on it or
two frames beside it. Every other alarm on that track is false, also those that the clean track has: so precision is what a
person meets who reviews tracks of about 70 frames with one fault each, and would be lower where faults are rarer. For seams
and disagreement a mask with a fault, and one without, are held against the known one, the edges of both a pixel or two off;
what a real check finds depends on the model that does it: that is measured below, on tracks of its own. Planted
drifts come back before the track ends, which helps to find them; masks of a model are rougher than known ones, which makes
more alarms false. Neither was measured: take the figures as what the rules can do, not as what they do on every video.

${overall}

“Without the sequence” is with thresholds that were chosen on the other sequences alone (the best F1), and counted on the one that
was left out. Swaps can be planted only where there are two objects: schoolgirls.

${byType}

Thresholds that would have been chosen without each sequence (absence: whole share; drift: area, place, creep; swap: margin,
shared pixels; seam and disagreement: IoU):

${chosen}
`;
  const summary = `${overall}\n\n${byType}\n`;
  return { source, document, summary };
}
