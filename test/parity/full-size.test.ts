/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { modelFolder, readRecord } from '../../src/engine/catalogue';
import { loadGraphs } from '../../src/engine/sam2';
import type { OnnxGraph } from '../../src/engine/onnx';
import { compareWithGolden, GoldenPlayer } from '../support/golden-player';
import { clipSize } from '../support/sam2-nano';
import type { Golden } from '../support/sam2-nano';

// Run by `npm run parity`, which has PyTorch answer first and adds the same seeded weights; never by `npm test`.

const folder = process.env['PARITY_FOLDER']!;
const cases = readdirSync(folder).filter((one) => one.endsWith('.json') && one !== 'rows.json');
const rows: Record<string, string | number>[] = [];

describe.each(cases)('%s at full size', (file) => {
  it('gives the numbers of Meta’s predictor', async () => {
    const golden = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Golden, 'model'> & {
      model: string;
    };
    const record = await readRecord(golden.model);
    const graphs = await loadGraphs(modelFolder(golden.model), record.graphs, record.config, {
      threads: availableParallelism(),
      arena: false,
    });
    const { noMemory, noObjectPointer, maskDownsample, maskDownsampleBias } = record.host;
    const host = {
      noMemory: Float32Array.from(noMemory),
      noObjectPointer: Float32Array.from(noObjectPointer),
      maskDownsample: Float32Array.from(maskDownsample),
      maskDownsampleBias,
    };
    const player = new GoldenPlayer({ graphs, host, config: record.config });
    for (const step of golden.steps) await player.play(step);
    const worst = { logits: 0, pointer: 0, pixels: 0 };
    player.results.forEach(({ trace }, i) => {
      const { logits, pointer, pixels } = compareWithGolden(trace, golden.results[i]!);
      worst.logits = Math.max(worst.logits, logits);
      worst.pointer = Math.max(worst.pointer, pointer);
      worst.pixels += pixels;
    });
    for (const graph of Object.values(graphs) as OnnxGraph[]) await graph.release();
    const all = player.results.length * clipSize.width * clipSize.height;
    rows.push({ case: file.replace('.json', ''), masks: player.results.length, ...worst, of: all });
    writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows));
    expect(worst.logits).toBeLessThan(1e-3);
    expect(worst.pixels / all).toBeLessThanOrEqual(1e-4);
  }, 3_600_000);
});
