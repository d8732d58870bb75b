import { newObjectEdit } from '../../src/annotation';
import type { Edit } from '../../src/annotation';
import { startPlace } from '../../src/protocol';
import type { AlarmView, ViewMode } from '../../src/protocol';
import { Workbench, registerElements } from '../../src/widget/elements';
import { alarm, reviewOf } from '../support/widget-alarms';
import { engineView, FakeKernel } from '../support/widget-fake-kernel';
import { modelsView } from '../support/widget-models';
import { balloonScene } from './balloon-scene';
import { crowdScene, crowdSize } from './crowd-scene';
import { DrawingBench } from './drawing-times';
import { enterOpening, isOpeningState, prepareOpening } from './opening-states';
import type { OpeningState } from './opening-states';

/** The states that can be looked at: `page.html#state=running&theme=dark&w=760`. */
type PageState =
  | 'main'
  | 'empty'
  | 'running'
  | 'error'
  | 'gone'
  | 'starting'
  | 'loading'
  | 'many'
  | 'models'
  | 'worked'
  | 'crowd'
  | 'review'
  | 'checking'
  | 'long'
  | OpeningState;

const hash = new URLSearchParams(location.hash.slice(1));
const wanted = (hash.get('state') ?? 'main') as PageState;
document.body.className = hash.get('theme') ?? 'light';
registerElements();
const scene =
  wanted === 'crowd'
    ? crowdScene()
    : balloonScene(wanted === 'many' || wanted === 'long' ? 10_000 : 900, Number(hash.get('aspect') ?? 1));
if (wanted === 'loading')
  Object.assign(scene, { picture: () => new Promise(() => undefined), segment: () => null });
if (wanted === 'long') {
  // One picture for every frame: a kernel makes them in a process of its own, the page only decodes.
  const first = scene.picture(0, 640);
  Object.assign(scene, { picture: () => first, track: () => null, segment: () => null });
}
const kernel = new FakeKernel(scene);
const ids = (function* () {
  for (let n = 1; ; n++) yield `id-${n}`;
})();
const nextId = (): string => ids.next().value;

function addObject(
  name: string,
  className: string,
  points: readonly (readonly number[])[],
  frame = 0,
): string {
  const { edit, object } = newObjectEdit(kernel.document.records(), { name, class: className }, nextId);
  kernel.edit(edit);
  for (const [x, y, sign] of points)
    kernel.edit({
      kind: 'add-prompt',
      prompt: { id: nextId(), objectId: object.id, frame, kind: 'point', x: x!, y: y!, positive: sign === 1 },
    });
  return object.id;
}

function addBalloons(): void {
  const red = addObject('red balloon', 'balloon', [
    [300, 300, 1],
    [300, 400, 1],
    [298, 509, 0],
  ]);
  const blue = addObject('blue balloon', 'balloon', [[640, 210, 1]]);
  const violet = addObject('violet', 'balloon', [[930, 330, 1]]);
  const far = addObject('the far one', 'far', [[1130, 160, 1]]);
  kernel.propagate(red, 1, 420);
  kernel.propagate(blue, 1, 300);
  kernel.propagate(violet, 1, 420);
  kernel.propagate(far, 1, 120);
  kernel.document.apply({
    kind: 'set-track',
    objectId: far,
    changes: Array.from({ length: 80 }, (_, index) => ({
      frame: 121 + index,
      entry: { mask: 'none', source: { kind: 'propagated', run: 'run-1', distance: 9 }, area: 0 },
    })),
  });
  kernel.setPlace({
    ...startPlace,
    frame: Number(hash.get('frame') ?? 0),
    objectId: red,
    mode: (hash.get('view') ?? 'overlay') as ViewMode,
  });
}

/** Everything a lane can show: corrections, drawn masks, locks, absences, locked frames, blocks, seams, features. */
function work(): void {
  const [red, blue, violet] = kernel.document.objects.map((one) => one.id);
  const range = (first: number, last: number, objectId = blue!) => ({ id: nextId(), objectId, first, last });
  const point = { id: nextId(), objectId: violet!, frame: 260, kind: 'point', x: 730, y: 280 } as const;
  const features = [
    { id: 'f-height', name: 'height', type: 'choice', options: ['low', 'high', 'out of sight'] },
    { id: 'f-burner', name: 'burner on', type: 'boolean', options: [] },
    { id: 'f-speed', name: 'speed', type: 'number', options: [] },
  ] as const;
  for (const feature of features) kernel.edit({ kind: 'add-feature', feature });
  const change = (featureId: string, frame: number, value: string | number | boolean | null): void =>
    void kernel.edit({ kind: 'set-feature', featureId, objectId: red!, frame, change: { value } });
  change('f-height', 0, 'low');
  change('f-height', 190, 'high');
  change('f-height', 560, null);
  change('f-burner', 40, true);
  change('f-burner', 210, false);
  change('f-speed', 100, 4.2);
  kernel.edit({ kind: 'add-prompt', prompt: { ...point, positive: true } });
  kernel.edit({
    kind: 'add-prompt',
    prompt: { id: nextId(), objectId: blue!, frame: 150, kind: 'mask', mask: 'given' },
  });
  kernel.edit({ kind: 'add-lock', lock: range(0, 120) });
  kernel.edit({ kind: 'add-absence', absence: range(230, 270) });
  kernel.edit({ kind: 'set-barrier', frame: 480, on: true });
  const model = { name: 'mobilesam', weights: 'w', provider: 'cpu' };
  const run = { id: 'run-1', model, direction: 'forward', objectIds: [red!], first: 0, last: 479 } as const;
  kernel.edit({ kind: 'add-run', run: { ...run, stride: 1, blockSize: 120, seeding: 'memory' } });
  for (const [frame, iou] of [
    [120, 0.98],
    [240, 0.71],
    [360, 0.95],
  ] as const)
    kernel.edit({
      kind: 'set-seam',
      objectId: red!,
      frame,
      seam: { objectId: red!, frame, iou, run: 'run-1' },
    });
}

/** Alarms of every kind that comes without a check; the first is open. */
function review(): void {
  const [red, blue, violet, far] = kernel.document.objects.map((one) => one.id) as [
    string,
    string,
    string,
    string,
  ];
  const breath = (frame: number): number => 300 * Math.sin(frame / 7) + 120 * Math.sin(frame * 1.9);
  kernel.areaOf = (_objectId, frame) => Math.round((frame < 60 ? 10_204 : 31_870) + breath(frame));
  kernel.set({
    review: reviewOf([
      alarm(red, 60, {
        ...{
          kind: 'drift',
          sign: 'area',
          strength: 2.1,
          before: 10_204,
          after: 31_870,
          last: 60,
          lastGood: 40,
        },
      }),
      alarm(blue, 120, {
        kind: 'swap',
        sign: 'taken',
        otherId: violet,
        before: 0.03,
        after: 0.92,
        last: 120,
      }),
      alarm(far, 121, { last: 200 }),
      alarm(red, 240, { kind: 'seam', sign: 'seam', before: 1, after: 0.71, last: 240 }),
      alarm(violet, 310, {
        kind: 'drift',
        sign: 'creep',
        first: 299,
        last: 310,
        before: 9000,
        after: 15_500,
      }),
    ]),
  });
}

/** A check under way, and what it has found. */
function checking(): void {
  const [red, , violet] = kernel.document.objects.map((one) => one.id) as [string, string, string];
  const disagreement = (objectId: string, first: number, last: number, iou: number): AlarmView =>
    alarm(objectId, first, {
      ...{
        kind: 'disagreement',
        sign: 'disagreement',
        first,
        last,
        before: 1,
        after: iou,
        lastGood: first - 1,
      },
    });
  const alarms = [disagreement(red, 88, 131, 0.21), disagreement(violet, 170, 176, 0.52)];
  kernel.set({
    run: { ...runView, id: 'check 1', objectIds: kernel.document.objects.map((one) => one.id), checks: true },
    waitingRuns: [{ ...waitingRuns[0] }],
    engine: engineView('busy'),
    review: { ...reviewOf(alarms), checked: 640 },
  });
}

/** 30 objects over 10,000 frames, each in 250 stretches with gaps, absences, locks, prompts and values. */
function addLongWork(): void {
  kernel.edit({
    kind: 'add-feature',
    feature: { id: 'f', name: 'behaviour', type: 'choice', options: ['rest', 'walk', 'fly'] },
  });
  for (let n = 0; n < 30; n++) {
    const objectId = addObject(`object number ${n + 1}`, '', []);
    const changes = Array.from({ length: 10_000 }, (_, frame) => frame)
      .filter((frame) => (frame + n * 7) % 40 > 1)
      .map((frame) => ({
        frame,
        entry: {
          mask: 'none',
          source: { kind: 'propagated', run: 'run-1', distance: 1 } as const,
          area: (frame + n) % 40 > 34 ? 0 : 9,
        },
      }));
    kernel.edit({ kind: 'set-track', objectId, changes });
    const edits = Array.from({ length: 40 }, (_, k): Edit => {
      const prompt = { id: nextId(), objectId, frame: k * 250 + n, kind: 'point', x: 9, y: 9 } as const;
      return { kind: 'add-prompt', prompt: { ...prompt, positive: true } };
    });
    for (let k = 0; k < 20; k++) {
      const frame = k * 500 + n;
      edits.push({
        kind: 'add-lock',
        lock: { id: nextId(), objectId, first: frame + 90, last: frame + 140 },
      });
      const value = ['rest', 'walk', 'fly'][k % 3]!;
      edits.push({ kind: 'set-feature', featureId: 'f', objectId, frame, change: { value } });
    }
    kernel.edit({ kind: 'together', edits });
  }
}

const waitingRuns = [
  { id: 'run-2', direction: 'backward', objectIds: null, range: [120, 240], from: null },
  { id: 'run-3', direction: 'both', objectIds: ['id-2'], range: null, from: 96 },
] as const;

const runView = {
  id: 'run-1',
  direction: 'forward' as const,
  range: null,
  from: null,
  objectIds: ['id-2', 'id-7'],
  total: 480,
  done: 212,
  frame: 212,
  framesPerSecond: 2.4,
  secondsLeft: 112,
};

function setUp(): void {
  if (wanted === 'many')
    for (let n = 0; n < 30; n++)
      addObject(`object number ${n + 1}`, '', [[(n * 41) % 1280, (n * 97) % 720, 1]], n);
  else if (wanted === 'long') addLongWork();
  else if (wanted === 'crowd')
    for (let n = 0; n < crowdSize; n++)
      kernel.propagate(addObject(`person ${n + 1}`, '', [[n * 100, 9, 1]]), 1, 399);
  else if (wanted !== 'empty' && wanted !== 'loading') addBalloons();
  if (isOpeningState(wanted)) prepareOpening(kernel, wanted);
  if (wanted === 'worked') work();
  if (wanted === 'running') {
    kernel.set({ run: runView, waitingRuns, engine: engineView('busy') });
    const { framesPerSecond, secondsLeft } = runView;
    kernel.resources = { ...kernel.resources, run: { framesPerSecond, secondsLeft } };
    kernel.setPlace({ ...kernel.state().place, frame: 212 });
  }
  if (wanted === 'review') review();
  if (wanted === 'checking') checking();
  if (wanted === 'models') kernel.set({ models: modelsView });
  if (wanted === 'starting' || wanted === 'loading') kernel.set({ engine: engineView('starting') });
  if (wanted === 'error')
    kernel.set({
      notice: {
        id: 1,
        level: 'error',
        message:
          'The engine ran out of memory and was restarted. Nothing was lost: 38 of 120 frames are done and kept. Propagate again to go on from frame 39.',
      },
    });
}

setUp();
const workbench = new Workbench();
workbench.link = kernel;
const frame = document.createElement('div');
const width = hash.get('w');
if (width) frame.style.width = `${width}px`;
frame.append(workbench);
document.body.append(frame);
if (isOpeningState(wanted)) void enterOpening(kernel, workbench, wanted);
if (wanted === 'gone') setTimeout(() => kernel.connect('gone'), 400);
window.masklet = { kernel, workbench, DrawingBench };
