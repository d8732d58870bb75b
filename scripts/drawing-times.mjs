// How long the canvas takes to draw: a 1080p frame with ten objects, in a real Chromium. First drawing alone, with a peer that
// puts pixels; then the whole widget, from one animation frame to the next. `processor` is the page's own time on a
// processor, which other work on the machine does not lengthen. `node scripts/drawing-times.mjs` measures this alone.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spread } from './timeline-times.mjs';

const { chromium } = createRequire(import.meta.url)('playwright-core');
const turns = 150;
const rounds = 60;

/** Milliseconds that the page's thread has been on a processor so far. */
async function processorClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === 'TaskDuration').value * 1000;
  };
}

/** Times of some work that answers with milliseconds, and the processor's time for each. */
async function measured(page, work) {
  const clock = await processorClock(page);
  const before = await clock();
  const times = await work();
  const processor = Math.round(((await clock()) - before) * (10 / times.length)) / 10;
  return { ...spread(times), processor };
}

/** The times from one animation frame to the next, while each brings another step of one kind. */
async function during(page, kind) {
  const seen = await page.evaluate(
    ([wanted, count]) =>
      new Promise((done) => {
        const { workbench } = window.masklet;
        const stage = workbench.shadowRoot.querySelector('masklet-stage');
        const canvas = stage.shadowRoot.querySelector('canvas');
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const at = (turn) => ({
          clientX: left + width / 2 + 60 * Math.sin(turn / 9),
          clientY: top + height / 2 + 40 * Math.cos(turn / 9),
        });
        const pointer = (type, turn) =>
          canvas.dispatchEvent(
            new PointerEvent(type, { bubbles: true, pointerId: 1, button: 1, buttons: 4, ...at(turn) }),
          );
        // A pointer that is not of the browser's own cannot be captured.
        canvas.setPointerCapture = () => undefined;
        const steps = {
          nothing: () => undefined,
          zoom: (turn) =>
            canvas.dispatchEvent(
              new WheelEvent('wheel', {
                ...{ bubbles: true, cancelable: true, ctrlKey: true, ...at(0) },
                deltaY: turn % 60 < 30 ? -20 : 20,
              }),
            ),
          pan: (turn) => pointer(turn === 1 ? 'pointerdown' : 'pointermove', turn),
          frames: (turn) => workbench.desk.goTo(1 + (turn % 20)),
        };
        const times = [];
        const tick = (now) => {
          times.push(now);
          if (times.length > count) {
            if (wanted === 'pan') pointer('pointerup', 0);
            return done(times);
          }
          steps[wanted](times.length);
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    [kind, turns],
  );
  return seen.slice(1).map((now, index) => now - seen[index]);
}

/** Pictures and masks a second while playing as fast as they come, each frame's masks drawn for the first time. */
async function playing(page) {
  return page.evaluate(async () => {
    const { desk } = window.masklet.workbench;
    desk.goTo(20);
    desk.playback.speed = Infinity;
    const began = performance.now();
    desk.playback.toggle(1);
    await new Promise((wake) => setTimeout(wake, 5000));
    desk.playback.stop();
    return Math.round(((desk.frame - 20) / (performance.now() - began)) * 10_000) / 10;
  });
}

async function widget(browser, address, deviceScaleFactor) {
  const page = await browser.newPage({ viewport: { width: 1640, height: 1000 }, deviceScaleFactor });
  await page.goto(`${address}#state=crowd&w=1600`);
  const settled = () =>
    page.waitForFunction(() => {
      const { desk } = window.masklet.workbench;
      return desk?.picture?.frame === desk?.frame && desk?.isReady(desk.frame);
    });
  for (let frame = 1; frame <= 20; frame++) {
    await page.evaluate((to) => window.masklet.workbench.desk.goTo(to), frame);
    await settled();
  }
  const size = await page.evaluate(() => {
    const stage = window.masklet.workbench.shadowRoot.querySelector('masklet-stage');
    const { width, height } = stage.shadowRoot.querySelector('canvas');
    return `${width} × ${height}`;
  });
  const times = { canvasPixels: size };
  for (const kind of ['nothing', 'frames', 'zoom', 'pan'])
    times[kind] = await measured(page, () => during(page, kind));
  times.playedFramesPerSecond = await playing(page);
  await page.close();
  return times;
}

async function alone(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate(async (count) => {
    window.bench = await window.masklet.DrawingBench.make(count);
  }, rounds);
  const times = {};
  for (const kind of ['fresh', 'again', 'pixels'])
    times[kind] = await measured(page, () => page.evaluate((one) => window.bench.run(one), kind));
  await page.close();
  return times;
}

/** Milliseconds: drawing alone, and animation frames of the whole widget on an ordinary and on a dense screen. */
export async function drawingTimes() {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return 'not measured: no Chromium';
  const { bundlePage } = await import('../test/widget-page/bundle-page.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'masklet-drawing-'));
  const address = `file://${await bundlePage(folder)}`;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const result = {
    drawing: await alone(browser, address),
    ordinaryScreen: await widget(browser, address, 1),
    denseScreen: await widget(browser, address, 2),
  };
  await browser.close();
  rmSync(folder, { recursive: true });
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await drawingTimes(), null, 2));
