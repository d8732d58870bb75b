// What each alarm is worth: planted faults in tracks of known masks, and how many of them are found. Writes
// src/review/measured-worth.ts and docs/review.md. npm run review:figures (about five minutes; needs ../shared/data or
// MASKLET_DATA, and the build in dist).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './project.mjs';
import { areaOf, jittered, plant, seeded } from './review-faults.mjs';
import { checkPart, withCheckPart } from './review-check-report.mjs';
import { writeReport } from './review-report.mjs';

const require = createRequire(join(root, 'package.json'));
const { encodeRunLength, runLengthIou } = require('./dist/mask');
const review = require('./dist/review');
const { findSequences } = require('./dist/cli/evaluate/dataset.js');
const { readLabels } = require('./dist/cli/evaluate/label-picture.js');

const data = process.env.MASKLET_DATA ?? join(root, '..', 'shared', 'data');
if (!existsSync(join(data, 'davis'))) {
  process.stderr.write(`The sequences are not at ${data}. Say where they are with MASKLET_DATA.\n`);
  process.exit(1);
}

/** How often each fault is planted in each object's track. */
const planted = { dropout: 6, 'left out': 4, shift: 5, leak: 5, growth: 5, swap: 5, takeover: 4 };
const kindOf = {
  ...{ dropout: 'absence', 'left out': 'absence', shift: 'drift', leak: 'drift', growth: 'drift' },
  ...{ swap: 'swap', takeover: 'swap' },
};
/** An alarm belongs to a fault when it stands as many frames beside it at most: its end is a jump, too. */
const beside = 2;

/** A sequence with the truth of every frame, as tracks of bitmaps by object. */
async function readSequence({ name, truth }) {
  const { width, height } = await require('sharp')(truth[0].file).metadata();
  const labels = [];
  for (const { file } of truth) labels.push(await readLabels(file, width, height));
  const numbers = [...new Set(labels.flatMap((one) => [...new Set(one.data)]))].filter(
    (one) => one > 0 && one < 255,
  );
  const tracks = new Map(
    numbers.map((number) => [
      `${number}`,
      labels.map((one) => ({ width, height, data: one.data.map((value) => (value === number ? 1 : 0)) })),
    ]),
  );
  // An object that is hardly there is no ground for planting anything.
  for (const [id, track] of tracks) if (track.filter((one) => areaOf(one) > 60).length < 8) tracks.delete(id);
  return { name, frames: truth.length, tracks };
}

/** The figures of some objects: `frames` are run lengths by object, null where there is none. */
function figuresOf(encoded, frames) {
  const tables = new Map([...encoded.keys()].map((id) => [id, new review.FigureTable(frames)]));
  let before = null;
  for (let frame = 0; frame < frames; frame++) {
    const masks = [...encoded].flatMap(([objectId, track]) =>
      track[frame] ? [{ objectId, mask: track[frame], vouched: frame === 0 }] : [],
    );
    const now = review.measureMasks(masks);
    const figures = review.frameFigures(now, before);
    tables.forEach((table, id) => table.set(frame, figures.get(id) ?? null));
    before = now;
  }
  return tables;
}

/** One trial: a sequence with one fault, as figures of the objects that it is in. */
function makeTrials(sequence, random) {
  const encoded = new Map(
    [...sequence.tracks].map(([id, track]) => [id, track.map((one) => encodeRunLength(one))]),
  );
  const trials = [];
  for (const id of sequence.tracks.keys())
    for (const [type, times] of Object.entries(planted))
      for (let n = 0; n < times; n++) {
        const fault = plant(type, sequence.tracks, id, random);
        if (!fault) continue;
        const spoilt = new Map(encoded);
        for (const [objectId, masks] of fault.objects) {
          const track = [...encoded.get(objectId)];
          masks.forEach((mask, frame) => (track[frame] = mask && encodeRunLength(mask)));
          spoilt.set(objectId, track);
        }
        const tables = figuresOf(spoilt, sequence.frames);
        const objects = [...fault.objects.keys()];
        trials.push({ type, sequence: sequence.name, span: fault.span, objects, tables });
      }
  const clean = figuresOf(encoded, sequence.frames);
  return { trials, clean };
}

/** Two masks of one frame, as two blocks or two ways come to them: alike in half of the pairs, one of them wrong in the others. */
function makePairs(sequence, random) {
  const pairs = [];
  for (const id of sequence.tracks.keys())
    for (let n = 0; n < 24; n++) {
      const type = ['shift', 'leak', 'growth', 'takeover'][n % 4];
      const fault = plant(type, sequence.tracks, id, random);
      if (!fault) continue;
      const at = type === 'growth' ? fault.span[1] : fault.span[0];
      const [wrong, right] = [fault.objects.get(id).get(at), sequence.tracks.get(id)[at]];
      if (!wrong || areaOf(right) < 60) continue;
      const iou = (one) => runLengthIou(encodeRunLength(one), encodeRunLength(jittered(right, random)));
      pairs.push({ sequence: sequence.name, wrong: true, iou: iou(wrong) });
      pairs.push({ sequence: sequence.name, wrong: false, iou: iou(jittered(right, random)) });
    }
  return pairs;
}

/** Alarms of a trial's spoilt tracks under some thresholds. */
function alarmsOf(trial, limits) {
  return review.alarmList(trial.objects.map((id) => review.findAlarms(trial.tables.get(id), id, limits)));
}

/** Found, missed and false alarms of a kind. A right alarm of another kind's fault counts for nothing. */
export function countKind(kind, trials, limits) {
  const counts = { found: 0, missed: 0, right: 0, wrong: 0 };
  for (const trial of trials) {
    const own = kindOf[trial.type] === kind;
    const [first, last] = trial.span;
    const alarms = alarmsOf(trial, limits).filter((one) => one.kind === kind);
    const right = alarms.filter((one) => one.frame >= first - beside && one.frame <= last + beside + 1);
    counts.right += right.length;
    counts.wrong += alarms.length - right.length;
    if (own) counts[right.length > 0 ? 'found' : 'missed']++;
  }
  return counts;
}

export function countPairs(pairs, threshold) {
  const counts = { found: 0, missed: 0, right: 0, wrong: 0 };
  for (const { wrong, iou } of pairs) {
    const raised = iou < threshold;
    if (wrong) counts[raised ? 'found' : 'missed']++;
    if (raised) counts[wrong ? 'right' : 'wrong']++;
  }
  return counts;
}

export const precision = ({ right, wrong }) => (right + wrong === 0 ? 1 : right / (right + wrong));
export const recall = ({ found, missed }) => (found + missed === 0 ? 1 : found / (found + missed));
const f1 = (counts) => (2 * precision(counts) * recall(counts)) / (precision(counts) + recall(counts) || 1);
const sum = (all) =>
  all.reduce((a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, a[key] + b[key]])), {
    ...{ found: 0, missed: 0, right: 0, wrong: 0 },
  });

const grids = {
  absence: { wholeShare: [0.3, 0.5, 0.7] },
  drift: { areaJump: [3.5, 5, 7, 10], placeJump: [6, 9, 13], creep: [4, 5.5, 8] },
  swap: { takenMargin: [0.02, 0.1, 0.3], sharedPixels: [0.3, 0.5, 0.7] },
};

function combinations(grid) {
  return Object.entries(grid).reduce(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Counts by sequence for each combination, so that leaving one out is a sum. */
function sweep(kind, bySequence) {
  return combinations(grids[kind]).map((chosen) => ({
    chosen,
    counts: new Map(
      [...bySequence].map(([name, { trials }]) => [
        name,
        countKind(kind, trials, { ...review.thresholds, ...chosen }),
      ]),
    ),
  }));
}

/** What thresholds would be chosen without each sequence, and what they then do on it. */
function leaveOneOut(swept, names) {
  const left = names.map((name) => {
    const score = (one) => f1(sum([...one.counts].filter(([at]) => at !== name).map(([, counts]) => counts)));
    const best = swept.reduce((a, b) => (score(b) > score(a) ? b : a));
    return { name, chosen: best.chosen, counts: best.counts.get(name) };
  });
  return { left, counts: sum(left.map((one) => one.counts)) };
}

const random = seeded(20260101);
const found = [
  ...findSequences(join(data, 'davis'), []).sequences,
  ...findSequences(join(data, 'multi'), ['schoolgirls']).sequences,
];
const bySequence = new Map();
for (const one of found) {
  const sequence = await readSequence(one);
  bySequence.set(sequence.name, {
    ...{ frames: sequence.frames, objects: sequence.tracks.size },
    ...makeTrials(sequence, random),
    pairs: makePairs(sequence, random),
  });
  process.stdout.write(`${sequence.name}: ${bySequence.get(sequence.name).trials.length} faults planted\n`);
}
const names = [...bySequence.keys()];
const trials = [...bySequence.values()].flatMap((one) => one.trials);
const pairs = [...bySequence.values()].flatMap((one) => one.pairs);

const results = {};
for (const kind of Object.keys(grids)) {
  const swept = sweep(kind, bySequence);
  const types = Object.keys(kindOf).filter((type) => kindOf[type] === kind);
  results[kind] = {
    counts: countKind(kind, trials, review.thresholds),
    left: leaveOneOut(swept, names),
    types: types.map((type) => [
      type,
      countKind(
        kind,
        trials.filter((one) => one.type === type),
        review.thresholds,
      ),
    ]),
  };
}
const ious = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9];
for (const [kind, threshold] of [
  ['seam', review.thresholds.seamIou],
  ['disagreement', review.thresholds.checkIou],
]) {
  const swept = ious.map((iou) => ({
    chosen: { iou },
    counts: new Map([...bySequence].map(([name, one]) => [name, countPairs(one.pairs, iou)])),
  }));
  results[kind] = { counts: countPairs(pairs, threshold), left: leaveOneOut(swept, names), types: [] };
}

/** On clean tracks every alarm is false. */
const clean = { frames: 0, alarms: {} };
for (const { clean: tables, frames, objects } of bySequence.values()) {
  clean.frames += frames * objects;
  for (const { kind } of review.alarmList([...tables].map(([id, table]) => review.findAlarms(table, id))))
    clean.alarms[kind] = (clean.alarms[kind] ?? 0) + 1;
}
const missedByAll = {};
for (const type of Object.keys(kindOf)) {
  const own = trials.filter((one) => one.type === type);
  const seen = own.filter((trial) =>
    alarmsOf(trial, review.thresholds).some(
      ({ frame }) => frame >= trial.span[0] - beside && frame <= trial.span[1] + beside + 1,
    ),
  );
  missedByAll[type] = { seen: seen.length, all: own.length };
}
const sequences = [...bySequence].map(([name, { frames, objects }]) => ({ name, frames, objects }));
const written = writeReport({
  results,
  clean,
  seen: missedByAll,
  sequences,
  thresholds: review.thresholds,
  precision,
  recall,
});
writeFileSync(join(root, 'src', 'review', 'measured-worth.ts'), written.source);
const page = join(root, 'docs', 'review.md');
writeFileSync(page, withCheckPart(written.document, checkPart(readFileSync(page, 'utf8'))));
process.stdout.write(written.summary);
