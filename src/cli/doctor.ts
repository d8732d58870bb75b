import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { knownProviders, modelEntries } from '../engine/models';
import { findFfmpeg, packageRoot, samplePath } from '../engine/video';
import { inspectJupyter } from './jupyter';
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
    ...modelFindings(),
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
    if (name === 'cpu') return { what, state: 'ok', found: 'used by MobileSAM' };
    if (bundled) return { what, state: 'none', found: 'in the package; MobileSAM does not use it yet' };
    const advice = name === 'cuda' ? 'With an NVIDIA card: masklet providers add cuda' : undefined;
    return { what, state: 'none', found: 'not installed', ...(advice ? { advice } : {}) };
  });
}

function modelFindings(): Finding[] {
  const shown = modelEntries().filter((one) => one.family !== 'none');
  return shown.map(({ name, title, files }) => {
    const what = `model ${name}`;
    try {
      const paths = files();
      const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
      return {
        what,
        state: 'ok',
        found: `${title}: ${paths.map((one) => basename(one)).join(', ')}, ${mib(bytes)}`,
      };
    } catch (error) {
      return { what, state: 'missing', found: 'files not found', advice: (error as Error).message };
    }
  });
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
    .option('--json', 'for machines')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine();
      process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : report(findings));
      if (findings.some((one) => one.state === 'missing')) process.exitCode = 1;
    });
}

function report(findings: readonly Finding[]): string {
  const signs = { ok: '✓', missing: '✗', none: '·' } as const;
  const width = Math.max(...findings.map((one) => one.what.length));
  const lines = findings.map(({ what, state, found, advice }) => {
    const line = `${signs[state]} ${what.padEnd(width)}  ${found}`;
    return advice && state !== 'ok' ? `${line}\n  ${' '.repeat(width)}  ${advice}` : line;
  });
  const missing = findings.filter((one) => one.state === 'missing').length;
  const end = missing === 0 ? 'Everything needed is there.' : `${missing} needed things are missing.`;
  return `${lines.join('\n')}\n\n${end}\n`;
}
