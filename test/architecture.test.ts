import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const source = resolve(__dirname, '..', 'src');

/** Which folder of src may import which; a folder may always import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  mask: ['errors'],
  metrics: ['mask', 'errors'],
  annotation: ['mask', 'errors'],
  review: ['annotation', 'mask', 'errors'],
  protocol: ['annotation', 'review', 'mask', 'errors'],
  formats: ['annotation', 'mask', 'errors'],
  engine: ['mask', 'errors'],
  session: ['engine', 'formats', 'metrics', 'annotation', 'review', 'protocol', 'mask', 'errors'],
  kernel: ['session', 'protocol', 'engine', 'annotation', 'errors'],
  cli: ['session', 'annotation', 'engine', 'formats', 'metrics', 'mask', 'errors'],
  widget: ['protocol', 'annotation', 'review', 'mask', 'errors'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  /** Types are gone at run time; `import()` happens when it is asked for. */
  readonly kind: 'static' | 'type' | 'dynamic';
}

interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return listFiles(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function resolveImport(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const base = resolve(dirname(join(source, from)), specifier);
  const file = [`${base}.ts`, join(base, 'index.ts')].find((one) => files.has(relative(source, one)));
  return file ? relative(source, file) : specifier;
}

const files = new Set(listFiles(source).map((path) => relative(source, path)));

const all: readonly SourceFile[] = [...files].map((name) => {
  const text = readFileSync(join(source, name), 'utf8');
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const to = resolveImport(name, (node.moduleSpecifier as ts.StringLiteral).text);
      const typed = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly : node.isTypeOnly;
      imports.push({ from: name, to, kind: typed ? 'type' : 'static' });
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const to = resolveImport(name, (node.arguments[0] as ts.StringLiteral).text);
      imports.push({ from: name, to, kind: 'dynamic' });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { name, text, tree, imports };
});

const inside = all.flatMap((file) => file.imports).filter((one) => files.has(one.to));
const top = (name: string): string => name.split('/')[0]!;

describe('the architecture', () => {
  it('knows every folder', () => {
    expect([...new Set([...files].map(top))].sort()).toEqual(Object.keys(allowed).sort());
  });

  it('lets imports go in one direction only', () => {
    expect(inside.length).toBeGreaterThan(200);
    const wrong = inside.filter(
      ({ from, to }) => top(from) !== top(to) && !allowed[top(from)]!.includes(top(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('lets nobody import past a folder’s door', () => {
    const wrong = inside.filter(({ from, to }) => {
      const folder = dirname(to);
      return dirname(from) !== folder && !from.startsWith(`${folder}/`) && !to.endsWith('/index.ts');
    });
    // The launcher and the command line are programs: their files are the doors.
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('has no cycle between files', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, kind } of inside)
      if (kind !== 'dynamic') next.set(from, [...(next.get(from) ?? []), to]);
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const walk = (name: string, path: readonly string[]): void => {
      if (state.get(name) === 'done') return;
      if (state.get(name) === 'open') {
        cycles.push([...path.slice(path.indexOf(name)), name].join(' → '));
        return;
      }
      state.set(name, 'open');
      for (const to of next.get(name) ?? []) walk(to, [...path, name]);
      state.set(name, 'done');
    };
    files.forEach((name) => walk(name, []));
    expect(cycles).toEqual([]);
  });

  it('has no file over 400 lines and no function over 60', () => {
    const long: string[] = [];
    for (const { name, text, tree } of all) {
      if (text.split('\n').length > 401) long.push(name);
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node) && 'body' in node && node.body) {
          const lines = node.getText().split('\n').length;
          if (lines > 62) long.push(`${name}: a function of ${lines} lines`);
        }
        ts.forEachChild(node, visit);
      };
      visit(tree);
    }
    expect(long).toEqual([]);
  });

  it('has no drawers', () => {
    expect([...files].filter((name) => /(^|\/)(utils?|helpers?|misc|common)\.ts$/.test(name))).toEqual([]);
  });

  it('knows onnxruntime in one file only', () => {
    const users = all.filter((file) => file.imports.some((one) => one.to === 'onnxruntime-node'));
    expect(users.map((one) => one.name)).toEqual(['engine/onnx/onnx-graph.ts']);
  });

  it('loads no native code into the notebook’s process', () => {
    const reached = new Set<string>();
    const walk = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      const file = all.find((one) => one.name === name);
      file?.imports.filter((one) => one.kind === 'static').forEach((one) => walk(one.to));
    };
    walk('kernel/index.ts');
    walk('kernel/launcher/main.ts');
    expect([...reached].filter((name) => ['onnxruntime-node', 'sharp'].includes(name))).toEqual([]);
  });

  it('keeps the engine silent: its words go by message', () => {
    const loud = all.filter(({ name, text }) => name.startsWith('engine/') && text.includes('console.'));
    expect(loud.map((one) => one.name)).toEqual([]);
  });
});

describe('the public API', () => {
  it('has these names and no others', () => {
    const index = all.find((one) => one.name === 'kernel/index.ts')!;
    const names: string[] = [];
    index.tree.forEachChild((node) => {
      if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
        names.push(...node.exportClause.elements.map((one) => one.name.text));
      }
    });
    expect(names.sort()).toEqual(
      [
        ...[
          'BlockView',
          'Canvas',
          'DocumentSettings',
          'Draft',
          'FeatureEvent',
          'FeatureList',
          'FeatureRecord',
          'FeatureType',
          'FeatureValue',
          'HistoryView',
          'MaskInfo',
          'ModelStamp',
          'NewFeature',
          'OpenSessionOptions',
          'OverlapRule',
          'RunRecord',
          'Seeding',
          'listDrafts',
          'openSession',
        ],
        ...[
          'AddModelOptions',
          'AddingStep',
          'ModelChoice',
          'ModelEntry',
          'ModelInUse',
          'ModelSettings',
          'addModel',
          'listModels',
          'AnnotateOptions',
          'AnnotatedObject',
          'Edit',
          'ExportOptions',
          'ExportReport',
          'ExportStep',
          'ExportWatching',
          'ImportReport',
          'SessionTable',
          'Forecast',
          'Frame',
        ],
        ...['FrameMask', 'FrameSpan', 'GivenFrame', 'GivenFrames', 'GivenMask', 'MaskArray', 'MaskSource'],
        ...['MaskletError', 'NewObject', 'NotebookSession', 'ObjectList', 'OpenOptions', 'OpenVideoOptions'],
        ...[
          'PlaceView',
          'PropagateOptions',
          'Run',
          'RunDirection',
          'RunStep',
          'RunSummary',
          'RunView',
          'Session',
        ],
        ...[
          'SessionAlarm',
          'SessionEventName',
          'SessionEvents',
          'Sign',
          'Video',
          'VideoInfo',
          'ViewMode',
          'annotate',
          'openVideo',
        ],
        ...['EvaluatedObject', 'Evaluation', 'EvaluateOptions', 'EvaluationRow', 'EvaluationView'],
        ...['GroundTruth', 'ScoreView', 'TruthSession'],
        ...['DatasetClipReport', 'DatasetOptions', 'DatasetReport', 'exportDataset', 'PromptReport'],
        ...['ReplayedFrame', 'ReplayReport', 'replay', 'Zone', 'ZoneOptions', 'ZoneReport'],
        ...['Chart', 'ChartChannel', 'ChartEncoding', 'ChartMark', 'ChartRows', 'ChartSpec', 'chart'],
        ...['ProcessView', 'ResourcesView', 'WaitingRun', 'WhenBusy'],
      ].sort(),
    );
  });
});
