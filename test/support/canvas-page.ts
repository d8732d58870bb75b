import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Workbench } from '../../src/widget/elements';
import type { Point } from '../../src/widget/drawing';
import type { DrawingBench } from '../widget-page/drawing-times';
import type { FakeKernel } from './widget-fake-kernel';

declare global {
  interface Window {
    masklet: {
      readonly kernel: FakeKernel;
      readonly workbench: Workbench;
      readonly DrawingBench: typeof DrawingBench;
    };
  }
}

/** What the page is opened with: `state`, `theme`, `w`, `view`, `frame`, `aspect`. */
export type PageOptions = Readonly<Record<string, string | number>>;

/** The canvas's page, bundled once; taken away with {@link CanvasBundle.dispose}. */
export class CanvasBundle {
  readonly #folder = mkdtempSync(join(tmpdir(), 'masklet-page-'));

  constructor() {
    const script = resolve(__dirname, '..', 'widget-page', 'bundle-page.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, this.#folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the canvas's page could not be bundled:\n${stderr}`);
  }

  async open(browser: Browser, options: PageOptions = {}, deviceScaleFactor = 1): Promise<CanvasPage> {
    const page = await browser.newPage({
      viewport: { width: Math.max(Number(options['w'] ?? 1180), 1180), height: 1000 },
      deviceScaleFactor,
    });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const hash = new URLSearchParams(Object.entries(options).map(([key, value]) => [key, String(value)]));
    await page.goto(`${this.address}#${hash.toString()}`);
    const opened = new CanvasPage(page, errors);
    await opened.waitForPicture();
    return opened;
  }

  /** The page's own address; its hash says the state. */
  get address(): string {
    return `file://${this.#folder}/page.html`;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The canvas on a made-up kernel, in a real browser. */
export class CanvasPage {
  readonly page: Page;
  /** What the page complained of. */
  readonly errors: readonly string[];

  constructor(page: Page, errors: readonly string[]) {
    this.page = page;
    this.errors = errors;
  }

  /** Waits until the frame in sight is painted, with its masks. */
  async waitForPicture(): Promise<void> {
    await this.page.waitForFunction(() => {
      const { desk } = window.masklet.workbench;
      return desk?.picture?.frame === desk?.frame && desk?.isReady(desk.frame);
    });
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  async pointer(pixel: Point): Promise<Point> {
    return this.page.evaluate((at) => window.masklet.workbench.clientPlace(at), pixel);
  }

  async click(pixel: Point, button: 'left' | 'right' = 'left'): Promise<void> {
    const { x, y } = await this.pointer(pixel);
    await this.page.mouse.click(x, y, { button });
    await this.waitForPicture();
  }

  async drag(from: Point, to: Point): Promise<void> {
    const a = await this.pointer(from);
    const b = await this.pointer(to);
    await this.page.mouse.move(a.x, a.y);
    await this.page.mouse.down();
    await this.page.mouse.move(b.x, b.y, { steps: 5 });
    await this.page.mouse.up();
    await this.waitForPicture();
  }

  /** Colours of the canvas at pixels of the video, `offset` CSS pixels away: red, green, blue. */
  colors(pixels: readonly Point[], offset: Point = { x: 0, y: 0 }): Promise<number[][]> {
    return this.page.evaluate(
      ([places, by]) => {
        const stage = window.masklet.workbench.shadowRoot!.querySelector('masklet-stage')!;
        const canvas = stage.shadowRoot!.querySelector('canvas')!;
        const box = canvas.getBoundingClientRect();
        const context = canvas.getContext('2d')!;
        const ratio = canvas.width / box.width;
        return places.map((pixel) => {
          const at = window.masklet.workbench.clientPlace(pixel);
          const x = Math.floor((at.x + by.x - box.left) * ratio);
          const y = Math.floor((at.y + by.y - box.top) * ratio);
          return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
        });
      },
      [pixels, offset] as const,
    );
  }
}
