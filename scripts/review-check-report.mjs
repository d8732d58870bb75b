// Counts and writes down what scripts/review-check.mjs measured: for the canvas, and for people.

/** A mask is bad below this IoU with the known one; the others say how much hangs on it. */
const badBelow = 0.7;
const bounds = [0.5, badBelow, 0.8];

const two = (value) => (value === null ? '–' : value.toFixed(2));
const rounded = (value) => Number(value.toFixed(2));

/** How surely a figure tells the bad from the good (the area under its ROC): the share of pairs in which the bad has less. */
export function rocAuc(bad, good) {
  if (bad.length === 0 || good.length === 0) return null;
  const all = [...bad.map((value) => ({ value, bad: 1 })), ...good.map((value) => ({ value, bad: 0 }))];
  all.sort((a, b) => a.value - b.value);
  let ranks = 0;
  for (let first = 0; first < all.length;) {
    let end = first;
    while (end < all.length && all[end].value === all[first].value) end++;
    for (let at = first; at < end; at++) if (all[at].bad) ranks += (first + end + 1) / 2;
    first = end;
  }
  const [m, n] = [bad.length, good.length];
  return 1 - (ranks - (m * (m + 1)) / 2) / (m * n);
}

const heading = '## The check on the model’s own tracks';

/** The page with a part about the check at its end, in place of its own; as it is where there is none. */
export function withCheckPart(page, part) {
  return part === undefined ? page : `${page.split(`\n${heading}\n`)[0].trimEnd()}\n\n${heading}\n${part}`;
}

/** The part of a page about the check; undefined where it has none. */
export function checkPart(page) {
  return page.split(`\n${heading}\n`)[1];
}

function count(rows, bound, checkIou) {
  const compared = rows.filter((one) => one.checked !== null);
  const [bad, good] = [true, false].map((wanted) => compared.filter((one) => one.iou < bound === wanted));
  const raised = (all) => all.filter((one) => one.checked < checkIou).length;
  const [found, wrong] = [raised(bad), raised(good)];
  const auc = (figure) => rocAuc(bad.map(figure), good.map(figure));
  const [agreement, confidence] = [(one) => one.checked, (one) => one.score ?? 0];
  return {
    ...{ bound, masks: compared.length, bad: bad.length },
    precision: found + wrong === 0 ? null : found / (found + wrong),
    recall: bad.length === 0 ? null : found / bad.length,
    ...{ agreement: auc(agreement), confidence: auc(confidence) },
    ...{ agreementWithin: within(bad, good, agreement), confidenceWithin: within(bad, good, confidence) },
    left: rows.filter((one) => one.checked === null && one.iou < bound).length,
  };
}

/** The mean ROC-AUC over the objects that have masks of both kinds: what a figure tells beyond which object is hard. */
function within(bad, good, figure) {
  const nameOf = (one) => `${one.sequence} ${one.object}`;
  const names = [...new Set(bad.map(nameOf))];
  const own = (all, name) => all.filter((one) => nameOf(one) === name).map(figure);
  const each = names.map((name) => rocAuc(own(bad, name), own(good, name))).filter((one) => one !== null);
  return each.length === 0 ? null : each.reduce((sum, one) => sum + one, 0) / each.length;
}

/** What the rows of all sequences come to. */
export function tally(rows, checkIou) {
  const names = [...new Set(rows.map((one) => one.sequence))];
  return {
    checkIou,
    all: bounds.map((bound) => count(rows, bound, checkIou)),
    sequences: names.map((name) => {
      const own = rows.filter((one) => one.sequence === name);
      const objects = new Set(own.map((one) => one.object)).size;
      return { name, objects, ...count(own, badBelow, checkIou) };
    }),
  };
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const pair = (all, own) => `${two(all)} (${two(own)})`;
const figures = (one) => [
  ...[one.masks, one.bad, two(one.precision), two(one.recall)],
  ...[pair(one.agreement, one.agreementWithin), pair(one.confidence, one.confidenceWithin), one.left],
];
const columns = [
  ...['masks compared', 'bad', 'precision', 'recall', 'ROC-AUC of the agreement (within an object)'],
  ...['ROC-AUC of the model’s confidence (within an object)', 'bad, not compared'],
];

export function checkReport({ checkIou, all, sequences }, frames) {
  const main = all.find((one) => one.bound === badBelow);
  const names = sequences.map(
    ({ name, objects }) => `${name} (${objects} ${objects === 1 ? 'object' : 'objects'})`,
  );
  const source = `// Written by \`npm run review:check\`; docs/review.md says how it was measured.

/** What a check from the other side was measured to be worth on tracks of the model’s own. */
export interface CheckWorth {
  /** Of the masks that the check disagrees with those that are bad, 0 to 1. */
  readonly precision: number;
  /** Of the bad masks that were compared those that it disagrees with, 0 to 1. */
  readonly recall: number;
  /** How many masks were compared, and how many of them are bad: their IoU with the known mask is below \`badBelow\`. */
  readonly masks: number;
  readonly bad: number;
  readonly badBelow: number;
  /** How surely the agreement, and the model’s own confidence, tell bad masks from the others: 0.5 is chance, 1 is always. */
  readonly agreementAuc: number;
  readonly confidenceAuc: number;
}

export const checkWorth: CheckWorth = {
  precision: ${rounded(main.precision ?? 1)},
  recall: ${rounded(main.recall ?? 1)},
  masks: ${main.masks},
  bad: ${main.bad},
  badBelow: ${badBelow},
  agreementAuc: ${rounded(main.agreement)},
  confidenceAuc: ${rounded(main.confidence)},
};

/** What was measured on. */
export const checkMeasuredOn = '${sequences.map((one) => one.name).join(', ')}: MobileSAM from the first mask, ${frames} frames each';
`;
  const over = table(
    ['bad below IoU', ...columns],
    all.map((one) => [one.bound, ...figures(one)]),
  );
  const each = table(
    ['sequence', ...columns],
    sequences.map((one) => [one.name, ...figures(one)]),
  );
  const section = `
\`npm run review:check\` lets MobileSAM carry the first mask of each object over ${frames} frames of ${names.join(', ')}, checks
all of it, and holds each mask against the known one: no fault is planted, the masks are as wrong as the model makes them. An
alarm is a mask with which the check agrees by less than IoU ${checkIou}. Beside it stands what costs nothing: the confidence that
the model itself gives each mask (the decoder’s predicted IoU, kept as its score). ROC-AUC is how surely a figure tells bad masks from
the others whatever the threshold; 0.5 is chance. Masks that a check does not compare are those behind which there is no mask
to begin with, such as those of an object that was lost to the end: that is an absence.

What a disagreement says is that the two ways part somewhere between a mask and the far end, not which of the masks is wrong: where
the far end is bad itself, the masks beside it agree with it, and the good ones far from it do not. A prompt at the far end makes it
a check against a person’s word; here there was none. MobileSAM’s own confidence told more here than the check did, also within an
object, and more than a published audit found of another tool’s (0.59). Few sequences: take all of this as a first look.

${over}

By sequence, bad below IoU ${badBelow}:

${each}
`;
  return { source, section, summary: `${over}\n\n${each}\n` };
}
