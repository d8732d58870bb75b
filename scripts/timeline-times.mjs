// How smooth the timeline is with 10,000 frames and 30 objects: the time from one animation frame to the next, in a real
// Chromium, while each frame brings another step of scrubbing, zooming or scrolling. `node scripts/timeline-times.mjs` measures this alone.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { chromium } = createRequire(import.meta.url)('playwright-core');
const turns = 240;

/** Milliseconds between animation frames: the median, the 95th of 100, the longest, and how many were seen. */
export function spread(intervals) {
  const sorted = [...intervals].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), longest: at(1), frames: sorted.length };
}

/** Times the frames that pass while one event after the other is given to the timeline, a new one in every frame. */
async function during(page, kind) {
  const times = await page.evaluate(
    ([wanted, count]) =>
      new Promise((done) => {
        const timeline = window.masklet.workbench.shadowRoot.querySelector('masklet-timeline').shadowRoot;
        const ruler = timeline.querySelector('.ruler');
        const { left, top, width } = ruler.getBoundingClientRect();
        const send = (type, Kind, more) =>
          ruler.dispatchEvent(
            new Kind(type, { bubbles: true, composed: true, cancelable: true, clientY: top + 30, ...more }),
          );
        const wheel = (more) => send('wheel', WheelEvent, { clientX: left + width / 2, ...more });
        const way = (turn) => (turn % 120 < 60 ? 1 : -1);
        const turns = {
          nothing: () => undefined,
          scrub: (turn) =>
            send('pointermove', PointerEvent, { clientX: left + 20 + (turn / count) * (width - 40) }),
          zoom: (turn) => wheel({ deltaY: -30 * way(turn), ctrlKey: true }),
          scroll: (turn) => wheel({ deltaX: 60 * way(turn) }),
          lanes: (turn) => timeline.querySelector('.lanes').scrollBy(0, 10 * way(turn)),
        };
        const seen = [];
        const tick = (now) => {
          seen.push(now);
          if (seen.length > count) return done(seen);
          turns[wanted](seen.length);
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    [kind, turns],
  );
  return spread(times.slice(1).map((now, index) => now - times[index]));
}

async function measure(page) {
  const ruler = await page.locator('.ruler').boundingBox();
  const scrub = async () => {
    await page.mouse.move(ruler.x + 20, ruler.y + 30);
    await page.mouse.down();
    const seen = await during(page, 'scrub');
    await page.mouse.up();
    return seen;
  };
  const still = await during(page, 'nothing');
  const scrubbing = await scrub();
  const zooming = await during(page, 'zoom');
  await page.getByRole('button', { name: 'Show fewer frames' }).click({ clickCount: 4 });
  const scrubbingZoomed = await scrub();
  const scrolling = await during(page, 'scroll');
  const downTheLanes = await during(page, 'lanes');
  return { still, scrubbing, zooming, scrubbingZoomed, scrolling, downTheLanes };
}

/** Null where there is no Chromium to measure in. */
export async function timelineTimes() {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    console.log(`the timeline was not measured: there is no Chromium at ${executablePath} (CHROMIUM_PATH)`);
    return null;
  }
  const { bundlePage } = await import('../test/widget-page/bundle-page.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'masklet-timeline-'));
  const file = await bundlePage(folder);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
    await page.goto(`file://${file}#state=long&w=1180`);
    await page.waitForFunction(() => window.masklet?.workbench.desk?.picture);
    return { objects: 30, videoFrames: 10_000, milliseconds: await measure(page) };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await timelineTimes(), null, 2));
