import { availableParallelism, cpus, totalmem } from 'node:os';
import { damagedFiles, embeddedModel, modelFolder, readRecord } from '../engine/catalogue';
import { embeddedObstacle, loadModel, providersToTry, timeEmbedded } from '../engine/models';
import { largestDifference, sampleGraphs } from '../engine/store';
import type { Closeup, Embedding } from '../engine/tracking';
import { openSource } from '../engine/video';

/**
 * IoU scores that transformers' converters assert for car.png with one click at (1000, 600), to 1e-2 (their
 * convert_sam2_video_to_hf.py and convert_edgetam_video_to_hf.py), in the order of the decoder's last three masks.
 */
const publishedScores: Readonly<Record<string, readonly number[]>> = {
  'sam2.1_hiera_tiny': [0.0316, 0.9647, 0.1029],
  'sam2.1_hiera_small': [0.9664, 0.1494, 0.0456],
  'sam2.1_hiera_base_plus': [0.0361, 0.9775, 0.1307],
  'sam2.1_hiera_large': [0.9648, 0.0371, 0.1898],
  edgetam: [0.0356, 0.2141, 0.9707],
};
const scoreTolerance = 1e-2;

/** What `masklet models report` writes. */
export interface ModelReport {
  readonly model: string;
  readonly source: { readonly file: string; readonly sha256: string; readonly official: boolean };
  readonly machine: Readonly<Record<string, string | number>>;
  readonly providers: readonly ProviderReport[];
  readonly published: PublishedReport | null;
  readonly summary: readonly string[];
}

interface ProviderReport {
  readonly provider: string;
  /** Seconds of each graph; null where it could not be used. */
  readonly seconds: Readonly<Record<string, number>> | null;
  readonly largestDifference: number | null;
  readonly reason: string | null;
}

interface PublishedReport {
  readonly expected: number;
  readonly found: number;
  readonly passed: boolean;
}

/** Runs the checks. Rejects with a ModelError when the model is not here or damaged. */
export async function reportModel(name: string, image: string | undefined): Promise<ModelReport> {
  const record = await readRecord(name);
  const damaged = await damagedFiles(name);
  const providers = await providerReports(name);
  const published = image === undefined ? null : await publishedReport(name, image);
  const summary = [
    `${name} from ${record.source.file} (${record.source.official ? 'official' : 'not the official file'}).`,
    damaged.length === 0 ? 'All files are as they were written.' : `Damaged: ${damaged.join(', ')}.`,
    ...providers.map((one) =>
      one.seconds
        ? `${one.provider}: image encoder ${one.seconds['imageEncoder']!.toFixed(2)} s, memory attention ${one.seconds['memoryAttention']!.toFixed(2)} s.`
        : `${one.provider}: not used (${one.reason}).`,
    ),
    published
      ? `Published score of car.png ${published.expected}, here ${published.found.toFixed(4)}: ${published.passed ? 'equal' : 'NOT equal'} to ${scoreTolerance}.`
      : 'Published scores not checked: give car.png with --image.',
  ];
  const { file, sha256, official } = record.source;
  const machine = {
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
  };
  return { model: name, source: { file, sha256, official }, machine, providers, published, summary };
}

/** Times every provider that works here on a model, and compares its numbers with those of the CPU. */
export async function providerReports(name: string): Promise<ProviderReport[]> {
  if (name === embeddedModel) return embeddedReports();
  const record = await readRecord(name);
  const reports: ProviderReport[] = [];
  for (const provider of providersToTry('auto')) {
    const options = { threads: availableParallelism(), providers: [provider], arena: false };
    const { samples, seconds, graphs } = await sampleGraphs(modelFolder(name), record, options, undefined, 2);
    const refused = graphs.find((one) => one.provider !== provider);
    const reason = refused?.refused[0]?.reason ?? null;
    reports.push({
      provider,
      seconds: refused ? null : seconds,
      largestDifference: refused ? null : largestDifference(samples, record.selfTest),
      reason,
    });
  }
  return reports;
}

/** The same for MobileSAM, by its encoder. */
async function embeddedReports(): Promise<ProviderReport[]> {
  const threads = availableParallelism();
  const reports: ProviderReport[] = [];
  for (const provider of providersToTry('auto')) {
    const obstacle = await embeddedObstacle(provider, threads);
    const timed = obstacle === null ? await timeEmbedded(provider, threads) : null;
    const reason = obstacle ?? timed!.refused;
    const works = timed !== null && timed.refused === null;
    reports.push({
      provider,
      seconds: works ? { imageEncoder: timed.seconds } : null,
      largestDifference: works ? timed.difference : null,
      reason,
    });
  }
  return reports;
}

async function publishedReport(name: string, image: string): Promise<PublishedReport | null> {
  const expected = publishedScores[name];
  if (!expected) return null;
  const source = await openSource(image, {});
  const model = await loadModel(name, { threads: availableParallelism(), provider: 'cpu' });
  try {
    const frame = await source.frameAt(0);
    const { width, height } = frame;
    const look = (closeup: Closeup | null): Promise<Embedding> => model.encode(frame, undefined, closeup);
    const click = { x: 1000, y: 600, positive: true };
    const { score } = await model.segment(
      { width, height, look },
      { points: [click], box: null, mask: null },
      null,
    );
    const best = Math.max(...expected);
    return { expected: best, found: score, passed: Math.abs(score - best) <= scoreTolerance };
  } finally {
    await model.dispose();
    await source.dispose();
  }
}
