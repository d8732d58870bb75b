// What a check from the other side is worth on tracks that the embedded model made itself: each mask's agreement with the
// check, the model's own confidence in it, and its IoU with the known one. Writes src/review/measured-check.ts and its
// part of docs/review.md. npm run review:check [-- SEQUENCE …] (ten minutes on two cores; needs ../shared/data or
// MASKLET_DATA, and the build in dist).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './project.mjs';
import { checkReport, tally, withCheckPart } from './review-check-report.mjs';

const require = createRequire(join(root, 'package.json'));
const { encodeRunLength, runLengthIou } = require('./dist/mask');
const { EnginePair } = require('./dist/session');
const { thresholds } = require('./dist/review');
const { findSequences } = require('./dist/cli/evaluate/dataset.js');
const { evaluateSequence } = require('./dist/cli/evaluate/evaluate-sequence.js');

/** Of each sequence so many frames: two runs of the model go over them. */
const mostFrames = 40;
/** Those of which the model makes bad masks; others may be named. */
const usual = ['schoolgirls', 'breakdance-flare'];

/** Propagates a sequence from its first masks, checks it, and answers with a row for each mask that was carried. */
async function checkSequence(sequence) {
  const engines = new EnginePair({ model: 'mobilesam', provider: 'cpu' });
  const plan = { promptClicks: 0, corrections: 0, correctionClicks: 1, stride: 1, frames: mostFrames };
  const { session, truthAt } = await evaluateSequence(sequence, plan, engines, () => undefined);
  await session.check();
  const rows = [];
  for (const { frame } of sequence.truth.filter((one) => one.frame < session.video.frameCount)) {
    const { width, height, data } = await truthAt(frame);
    for (const { id, name } of session.document.objects) {
      const entry = session.document.track(id).entryAt(frame);
      if (!entry || entry.source.kind === 'prompted') continue;
      // Objects are named by their number in the truth.
      const known = encodeRunLength({
        width,
        height,
        data: data.map((one) => (String(one) === name ? 1 : 0)),
      });
      rows.push({
        ...{ sequence: sequence.name, object: name, frame, area: entry.area },
        iou: runLengthIou(known, await session.store.get(entry.mask)),
        score: entry.score ?? null,
        checked: entry.checked ?? null,
      });
    }
  }
  await session.dispose();
  await engines.dispose();
  return rows;
}

const data = process.env.MASKLET_DATA ?? join(root, '..', 'shared', 'data');
if (!existsSync(join(data, 'davis'))) {
  process.stderr.write(`The sequences are not at ${data}. Say where they are with MASKLET_DATA.\n`);
  process.exit(1);
}
const wanted = process.argv.length > 2 ? process.argv.slice(2) : usual;
const all = [
  ...findSequences(join(data, 'davis'), []).sequences,
  ...findSequences(join(data, 'multi'), ['schoolgirls']).sequences,
];
const rows = [];
for (const name of wanted) {
  rows.push(...(await checkSequence(all.find((one) => one.name === name))));
  process.stdout.write(`${name}: checked\n`);
}
const { source, section, summary } = checkReport(tally(rows, thresholds.checkIou), mostFrames);
writeFileSync(join(root, 'src', 'review', 'measured-check.ts'), source);
const page = join(root, 'docs', 'review.md');
const text = withCheckPart(readFileSync(page, 'utf8'), section);
writeFileSync(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
process.stdout.write(summary);
