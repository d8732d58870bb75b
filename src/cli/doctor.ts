import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { damagedFiles, embeddedModel, modelBytes, modelEntries } from '../engine/catalogue';
import { embeddedFiles } from '../engine/models';
import { knownProviders } from '../engine/onnx';
import { findFfmpeg, packageRoot, samplePath } from '../engine/video';
import { counted } from './counted';
import { inspectJupyter } from './jupyter';
import { providerReports } from './model-report';
import { dataFolderOf, missingPackages, userDataFolder } from './jupyter-folders';

/** One thing that was looked for. */
export interface Finding {
  readonly what: string;
  /** `ok`: there. `missing`: needed and not there. `none`: not there, and not needed. */
  readonly state: 'ok' | 'missing' | 'none';
  readonly found: string;
  /** What to do about it, or nothing. */
  readonly advice?: string;
}

/** Looks at everything that Masklet needs on this machine. */
export async function examine(): Promise<Finding[]> {
  return [
    nodeFinding(),
    await ffmpegFinding(),
    ...providerFindings(),
    ...(await modelFindings()),
    sampleFinding(),
    ...jupyterFindings(),
  ];
}

function nodeFinding(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  const fits = major > 20 || (major === 20 && minor >= 19);
  const found = `${process.versions.node} (${process.platform}, ${process.arch})`;
  return fits
    ? { what: 'Node.js', state: 'ok', found }
    : { what: 'Node.js', state: 'missing', found, advice: 'Install Node.js 20.19 or newer.' };
}

async function ffmpegFinding(): Promise<Finding> {
  try {
    const { path, source, version } = await findFfmpeg();
    return { what: 'ffmpeg', state: 'ok', found: `${version}, from ${source}: ${path}` };
  } catch (error) {
    return { what: 'ffmpeg', state: 'missing', found: 'not found', advice: (error as Error).message };
  }
}

function providerFindings(): Finding[] {
  return knownProviders().map(({ name, bundled }) => {
    const what = `provider ${name}`;
    if (name === 'cpu') return { what, state: 'ok', found: 'always there' };
    if (bundled)
      return { what, state: 'none', found: 'in the package; used where the machine has a GPU for it' };
    const advice = name === 'cuda' ? 'With an NVIDIA card: masklet providers add cuda' : undefined;
    return { what, state: 'none', found: 'not installed', ...(advice ? { advice } : {}) };
  });
}

async function modelFindings(): Promise<Finding[]> {
  const findings = [embeddedFinding()];
  const entries = (await modelEntries()).filter((one) => one.name !== embeddedModel);
  for (const { name, title } of entries.filter((one) => one.ready)) {
    const what = `model ${name}`;
    const damaged = await damagedFiles(name);
    const advice = `masklet models add ${name}`;
    if (damaged.length > 0) findings.push({ what, state: 'missing', found: damaged.join(', '), advice });
    else findings.push({ what, state: 'ok', found: `${title}, ${mib(await modelBytes(name))}` });
  }
  const others = entries.filter((one) => !one.ready).length;
  if (others > 0) {
    const advice = 'See masklet models list; EdgeTAM is the one to begin with.';
    findings.push({ what: 'other models', state: 'none', found: `${others} can be added`, advice });
  }
  return findings;
}

function embeddedFinding(): Finding {
  const what = `model ${embeddedModel}`;
  try {
    const { encoder, decoder } = embeddedFiles();
    const paths = [encoder, decoder];
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    const files = paths.map((one) => basename(one)).join(', ');
    return { what, state: 'ok', found: `MobileSAM: ${files}, ${mib(bytes)}` };
  } catch (error) {
    return { what, state: 'missing', found: 'files not found', advice: (error as Error).message };
  }
}

/** Every provider timed on one model, and the quickest of them. */
async function timeProviders(name: string): Promise<Finding[]> {
  const reports = await providerReports(name);
  const total = (seconds: Readonly<Record<string, number>>): number =>
    Object.values(seconds).reduce((sum, one) => sum + one, 0);
  const findings = reports.map(({ provider, seconds, largestDifference, reason }): Finding => {
    const what = `${name} on ${provider}`;
    if (!seconds) return { what, state: 'none', found: `not used: ${reason}` };
    const agreement =
      largestDifference! < 1e-4 ? '' : `, numbers differ by ${largestDifference!.toExponential(1)}`;
    return {
      what,
      state: 'ok',
      found: `${total(seconds).toFixed(2)} s for one frame of one object${agreement}`,
    };
  });
  const working = reports.filter((one) => one.seconds);
  const fastest = working.reduce((a, b) => (total(a.seconds!) <= total(b.seconds!) ? a : b));
  return [...findings, { what: 'fastest', state: 'ok', found: fastest.provider }];
}

function sampleFinding(): Finding {
  try {
    return { what: 'sample video', state: 'ok', found: samplePath('big-buck-bunny') };
  } catch (error) {
    return { what: 'sample video', state: 'missing', found: 'not found', advice: (error as Error).message };
  }
}

function jupyterFindings(): Finding[] {
  const venv = join(packageRoot(), '.venv');
  const places = [
    { name: 'this project’s .venv', folder: dataFolderOf(venv), prefix: venv },
    { name: 'your Jupyter folder', folder: userDataFolder(), prefix: null },
  ];
  const findings: Finding[] = [];
  for (const { name, folder, prefix } of places) {
    const needed = prefix !== null;
    if (needed) {
      const missing = existsSync(prefix) ? missingPackages(prefix) : ['jupyterlab', 'jupyterlab_widgets'];
      findings.push(
        missing.length === 0
          ? { what: 'JupyterLab', state: 'ok', found: `in ${name}` }
          : {
              what: 'JupyterLab',
              state: 'missing',
              found: `${missing.join(', ')} not in ${name}`,
              advice: 'Run `npm run setup`.',
            },
      );
    }
    const { kernelspec, extension } = inspectJupyter(folder);
    const advice = needed ? 'Run `npm run setup`.' : 'To use it there: masklet jupyter install --user';
    const absent = needed ? 'missing' : 'none';
    const spec = { ours: 'installed', other: 'starts another copy of Masklet', missing: 'not installed' }[
      kernelspec
    ];
    findings.push(
      {
        what: 'kernel',
        state: kernelspec === 'ours' ? 'ok' : absent,
        found: `${spec} in ${name}`,
        ...(kernelspec === 'ours' ? {} : { advice }),
      },
      {
        what: 'canvas',
        state: extension ? 'ok' : absent,
        found: `${extension ? 'installed' : 'not installed'} in ${name}`,
        ...(extension ? {} : { advice }),
      },
    );
  }
  return findings;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

/** Adds `masklet doctor`. */
export function registerDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('what was found on this machine, and what to do about what is missing')
    .description('Looks for everything that Masklet needs. Exit code 1 when something needed is missing.')
    .option('--model <name>', 'also time every execution provider on this model')
    .option('--json', 'for machines')
    .action(async ({ json, model }: { json?: boolean; model?: string }) => {
      const findings = [...(await examine()), ...(model === undefined ? [] : await timeProviders(model))];
      process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : findingsText(findings));
      if (findings.some((one) => one.state === 'missing')) process.exitCode = 1;
    });
}

/** What was found, for a person. */
export function findingsText(findings: readonly Finding[]): string {
  const signs = { ok: '✓', missing: '✗', none: '·' } as const;
  const width = Math.max(...findings.map((one) => one.what.length));
  const lines = findings.map(({ what, state, found, advice }) => {
    const line = `${signs[state]} ${what.padEnd(width)}  ${found}`;
    return advice && state !== 'ok' ? `${line}\n  ${' '.repeat(width)}  ${advice}` : line;
  });
  const missing = findings.filter((one) => one.state === 'missing').length;
  const end =
    missing === 0
      ? 'Everything needed is there.'
      : `${counted(missing, 'needed thing')} ${missing === 1 ? 'is' : 'are'} missing.`;
  return `${lines.join('\n')}\n\n${end}\n`;
}
