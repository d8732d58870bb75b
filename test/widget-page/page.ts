import { newObjectEdit } from '../../src/annotation';
import type { ViewMode } from '../../src/protocol';
import { Workbench, registerElements } from '../../src/widget/elements';
import { engineView, FakeKernel } from '../support/widget-fake-kernel';
import { modelsView } from '../support/widget-models';
import { balloonScene } from './balloon-scene';

/** The states that can be looked at: `page.html#state=running&theme=dark&w=760`. */
type PageState = 'main' | 'empty' | 'running' | 'error' | 'gone' | 'starting' | 'loading' | 'many' | 'models';

interface Page {
  readonly kernel: FakeKernel;
  readonly workbench: Workbench;
}

declare global {
  interface Window {
    masklet: Page;
  }
}

const hash = new URLSearchParams(location.hash.slice(1));
const wanted = (hash.get('state') ?? 'main') as PageState;
document.body.className = hash.get('theme') ?? 'light';
registerElements();
const scene = balloonScene(wanted === 'many' ? 10_000 : 900, Number(hash.get('aspect') ?? 1));
if (wanted === 'loading')
  Object.assign(scene, { picture: () => new Promise(() => undefined), segment: () => null });
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
    frame: Number(hash.get('frame') ?? 0),
    objectId: red,
    mode: (hash.get('view') ?? 'overlay') as ViewMode,
    opacity: 0.45,
  });
}

const runView = {
  id: 'run-1',
  direction: 'forward' as const,
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
  else if (wanted !== 'empty' && wanted !== 'loading') addBalloons();
  if (wanted === 'running') {
    kernel.set({ run: runView, engine: engineView('busy') });
    kernel.setPlace({ ...kernel.state().place, frame: 212 });
  }
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
if (wanted === 'gone') setTimeout(() => kernel.connect('gone'), 400);
window.masklet = { kernel, workbench };
