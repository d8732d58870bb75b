// Every model on every execution provider of this machine, with PyTorch beside where it is at hand. Fills docs/gpu.md
// between its markers and prints what it wrote; send it back as it is.
// npm run bench:gpu [MODEL ...]      MASKLET_PYTHON: a Python with torch and a GPU (models/export/README.md)
// BENCH_PROVIDERS=cuda,webgpu and BENCH_TORCH=tf32 choose among what it tries; BENCH_FRAMES, how far it goes.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './project.mjs';
import { addSeeded } from './seeded-models.mjs';

const require = createRequire(import.meta.url);
const engine = join(root, 'dist', 'engine');
const { embeddedObstacle, providersToTry, providerTitles, timeEmbedded } = require(join(engine, 'models'));
const { embeddedModel, modelFolder, readRecord } = require(join(engine, 'catalogue'));
const { largestDifference, sampleGraphs } = require(join(engine, 'store'));

const data = process.env.MASKLET_DATA ?? join(root, '..', 'shared', 'data');
const davis = join(data, 'davis', 'JPEGImages', '480p', 'bear');
const video = existsSync(davis) ? davis : 'sample:carphone';
const click = existsSync(davis) ? [430, 240] : [80, 60];
const frames = Number(process.env.BENCH_FRAMES ?? 24);
const python = process.env.MASKLET_PYTHON;
const wanted = process.argv.slice(2);
const all = [
  embeddedModel,
  'edgetam',
  'sam2.1_hiera_tiny',
  'sam2.1_hiera_small',
  'sam2.1_hiera_base_plus',
  'sam2.1_hiera_large',
];
const models = wanted.length > 0 ? wanted : all;

function command(program, args) {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

const gpu =
  command('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader']) ?? 'no NVIDIA GPU';
const chosen = (variable, otherwise) => process.env[variable]?.split(',') ?? otherwise;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs a program and watches the GPU's memory meanwhile; MiB above what was used before, or null. */
async function watched(program, args) {
  const used = () =>
    Number(command('nvidia-smi', ['--query-gpu=memory.used', '--format=csv,noheader,nounits']));
  const before = gpu === 'no NVIDIA GPU' ? null : used();
  let peak = before;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, complaint] = ['', ''];
  child.stderr.on('data', (bytes) => (complaint += bytes));
  child.stdout.on('data', (bytes) => (text += bytes));
  const timer = before === null ? null : setInterval(() => (peak = Math.max(peak, used())), 250);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return {
    value: code === 0 ? JSON.parse(text.trim().split('\n').pop()) : null,
    why: `the run failed (${complaint.trim().split('\n').pop()})`,
    mib: before === null ? null : peak - before,
  };
}

/** The pace once the memory is full, as far as the run came. */
const settled = (seconds) => median(seconds.slice(Math.min(7, Math.floor(seconds.length / 2))));

/** How a provider's numbers differ from the CPU's, and what each graph takes, or why the provider is not used. */
async function tried(model, provider) {
  if (model === embeddedModel) {
    const obstacle = await embeddedObstacle(provider, availableParallelism());
    if (obstacle) return { why: obstacle };
    const { refused, difference, seconds } = await timeEmbedded(provider, availableParallelism());
    return refused ? { why: refused } : { difference, graphs: { imageEncoder: seconds } };
  }
  const record = await readRecord(model);
  const options = { threads: availableParallelism(), providers: [provider], arena: false };
  const { samples, graphs, seconds } = await sampleGraphs(modelFolder(model), record, options, undefined, 3);
  const refused = graphs.find((one) => one.provider !== provider);
  if (refused) return { why: refused.refused[0]?.reason ?? 'refused' };
  return { difference: largestDifference(samples, record.selfTest), graphs: seconds };
}

async function row(model, provider) {
  const found = await tried(model, provider);
  if (found.why) return { model, provider, why: found.why };
  const cores = availableParallelism();
  const args = [join(root, 'scripts', 'sam2-run.mjs'), model, provider, video, frames, cores, ...click];
  const { value, why, mib } = await watched(process.execPath, args.map(String));
  if (!value) return { model, provider, why };
  return { model, provider, ...found, seconds: settled(value.seconds), mib };
}

async function torchRow(model, type) {
  if (!python || !existsSync(davis) || model === embeddedModel) return null;
  const device = gpu === 'no NVIDIA GPU' ? 'cpu' : 'cuda';
  if (device === 'cpu' && type !== 'float32') return null;
  const script = join(root, 'models', 'export', 'bench_torch.py');
  const args = [script, model, davis, frames, availableParallelism(), ...click];
  const { value, why, mib } = await watched(
    python,
    [...args, '--device', device, '--type', type].map(String),
  );
  const provider = `PyTorch, ${device}, ${type}`;
  return value ? { model, provider, seconds: settled(value.seconds), mib } : { model, provider, why };
}

const store = mkdtempSync(join(tmpdir(), 'masklet-gpu-'));
const rows = [];
function tell(found) {
  if (!found) return;
  rows.push(found);
  process.stderr.write(`${JSON.stringify(found)}\n`);
}
try {
  for (const model of models) {
    if (model !== embeddedModel) await addSeeded(model, store);
    for (const provider of chosen('BENCH_PROVIDERS', providersToTry('auto')))
      tell(await row(model, provider));
    for (const type of chosen('BENCH_TORCH', ['float32', 'tf32', 'bfloat16']))
      tell(await torchRow(model, type));
  }
} finally {
  rmSync(store, { recursive: true, force: true });
}

const milliseconds = (seconds) => (1000 * seconds).toFixed(seconds < 0.1 ? 1 : 0);
const roles = ['imageEncoder', 'memoryAttention', 'maskDecoder', 'memoryEncoder'];
const line = ({ model, provider, why, difference, graphs, seconds, mib }) => {
  const title = providerTitles[provider] ?? provider;
  if (why) return `| ${model} | ${title} | not used: ${why} | | | | |`;
  const parity = difference === undefined ? '' : difference.toExponential(1);
  const each = graphs
    ? roles
        .map((one) => (graphs[one] ? milliseconds(graphs[one]) : ''))
        .join(' / ')
        .replace(/[ /]+$/, '')
    : '';
  return `| ${model} | ${title} | ${(1 / seconds).toFixed(2)} | ${milliseconds(seconds)} | ${each} | ${parity} | ${mib ?? ''} |`;
};
const table = [
  `Machine: ${gpu}; ${cpus()[0].model}, ${availableParallelism()} cores; Node ${process.versions.node}; ${frames} frames, one object, seeded weights.`,
  '',
  '| model | computed on | frames a second | ms a frame | encoder / attention / decoder / memory, ms | largest difference to the CPU | GPU memory, MiB |',
  '|---|---|---|---|---|---|---|',
  ...rows.map(line),
].join('\n');
const path = join(root, 'docs', 'gpu.md');
const page = readFileSync(path, 'utf8');
const [start, end] = ['<!-- rows -->', '<!-- end of rows -->'];
writeFileSync(
  path,
  `${page.slice(0, page.indexOf(start) + start.length)}\n\n${table}\n\n${page.slice(page.indexOf(end))}`,
);
process.stdout.write(`${table}\n\nWritten to docs/gpu.md.\n`);
