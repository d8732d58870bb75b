import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type TypeScript from 'typescript';

// The built declarations, read by the TypeScript that cells are compiled with (5.0.4), library checks on.

const root = resolve(__dirname, '..', '..');
const declarations = resolve(root, 'dist', 'kernel', 'index.d.ts');
const ts = createRequire(require.resolve('tslab/package.json'))(
  '@tslab/typescript-for-tslab',
) as typeof TypeScript;

function diagnose(source: string): { line: number; message: string }[] {
  if (!existsSync(declarations)) throw new Error('Masklet is not built: run `npm run setup` first');
  const name = resolve(root, 'cell.ts');
  const options: TypeScript.CompilerOptions = {
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    types: ['node'],
    typeRoots: [resolve(root, 'node_modules', '@types')],
    paths: { masklet: [declarations] },
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest);
  host.readFile = (file) => (file === name ? source : readFile(file));
  host.fileExists = (file) => file === name || fileExists(file);
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map((one) => {
    const message = `${one.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`;
    const line =
      one.file?.fileName === name ? one.file.getLineAndCharacterOfPosition(one.start ?? 0).line : -1;
    return { line, message };
  });
}

const opening = `
import { openVideo, annotate, MaskletError } from "masklet";
import type { MaskArray, RunStep, Video } from "masklet";
export async function cell(): Promise<void> {
  const video = await openVideo("birds.mp4", { every: 2, range: [0, 900] });
  const session = await annotate(video, { show: false });
  const heron = session.objects.add({ name: "heron", class: "bird" });
`;

describe('the declarations', () => {
  it('are understood by the TypeScript of cells, every name with its type', () => {
    const source = `${opening}
  await heron.point(0, [410, 220]);
  await heron.point(0, [10, 20], "negative");
  await heron.box(0, [0, 0, 10, 10]);
  for await (const step of session.propagate({ direction: "both", range: [0, 200] })) {
    const frame: number = step.frame;
    const left: number | null = step.secondsLeft;
    console.log(frame, left);
  }
  const masks: MaskArray = await heron.masks({ range: [0, 200] });
  const shape: readonly [number, number, number] = masks.shape;
  const data: Uint8Array = masks.data;
  const frames: Int32Array = masks.frames;
  const stop: () => void = session.on("edit", ({ version }) => console.log(version.toFixed()));
  stop();
  await session.done();
  const report = await session.export("davis", "out/");
  const first: string | undefined = report.files[0];
  const again: Video = session.video;
  const step: RunStep | null = null;
  console.log(shape, data, frames, first, again.frameCount, step);
  try { await session.propagate(); } catch (error) { if (error instanceof MaskletError) console.log(error.tag); }
}`;
    expect(diagnose(source)).toEqual([]);
  });

  it('let every one of these mistakes be seen', () => {
    const source = `${opening}
  const masks = await heron.masks();
  const s: string = masks.data; // mistake
  const n: number = masks.frames; // mistake
  const w: string = masks.shape[2]; // mistake
  masks.data = new Uint8Array(1); // mistake
  await heron.point("0", [1, 2]); // mistake
  await heron.point(0, [1]); // mistake
  await heron.point(0, [1, 2], "maybe"); // mistake
  await heron.box(0, [1, 2, 3]); // mistake
  await openVideo(5); // mistake
  await openVideo("x", { evry: 2 }); // mistake
  await openVideo("x", { range: [1] }); // mistake
  session.propagate({ direction: "sideways" }); // mistake
  session.objects.add({ nam: "x" }); // mistake
  session.on("edits", () => undefined); // mistake
  session.on("edit", (edit) => edit.nothing); // mistake
  await annotate(video, { shown: true }); // mistake
  const f: string = video.frameCount; // mistake
  video.width = 3; // mistake
  for await (const step of session.propagate()) step.frame.length; // mistake
  const r: string = await session.propagate(); // mistake
  session.goTo({ frame: "1" }); // mistake
  session.goTo({ mode: "colours" }); // mistake
  const p: Uint8Array = (await video.frameAt(0)).data.length; // mistake
  console.log(s, n, w, f, r, p);
}`;
    const marked = source.split('\n').flatMap((line, i) => (line.endsWith('// mistake') ? [i] : []));
    const found = new Set(diagnose(source).map((one) => one.line));
    expect(marked.filter((line) => !found.has(line)).map((line) => source.split('\n')[line])).toEqual([]);
    expect([...found].filter((line) => !marked.includes(line))).toEqual([]);
  });
});
