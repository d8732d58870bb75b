// Every state of the canvas's page, with what a user does in it before it is looked at. Pictures are made of all of them
// (npm run screenshots), and axe looks at all of them (test/ui/axe.test.ts): a new state belongs here.

/** Where a pixel of the video is in the window. */
const place = (page, pixel) => page.evaluate((at) => window.masklet.workbench.clientPlace(at), pixel);

async function openPage(page, name) {
  await page.evaluate((one) => {
    const { desk } = window.masklet.workbench;
    desk.pages.open(one);
  }, name);
  await page.waitForTimeout(200);
}

/** Brings the tab Review to the front, where there is one, and opens the alarm at the playhead or behind it. */
async function openReview(page) {
  const tab = page.getByRole('tab', { name: /^Review/ });
  if (await tab.isVisible()) await tab.click();
  await page.locator('masklet-review-panel').getByRole('button', { name: 'Next alarm' }).click();
  await page.waitForTimeout(300);
}

async function drag(page, pixels, button = 'left') {
  for (const [i, pixel] of pixels.entries()) {
    const { x, y } = await place(page, pixel);
    await page.mouse.move(x, y, { steps: 6 });
    if (i === 0) await page.mouse.down({ button });
  }
}

/** By name: what the page is opened with (its hash), and `act`, what is done then. */
export const scenes = {
  main: {},
  empty: { state: 'empty' },
  loading: { state: 'loading' },
  starting: { state: 'starting' },
  running: { state: 'running' },
  monitor: {
    state: 'running',
    act: async (page) => {
      await page.locator('masklet-status-bar').getByRole('button', { name: 'Resources' }).click();
      await page.waitForTimeout(300);
    },
  },
  queue: {
    state: 'running',
    act: (page) => page.locator('masklet-run-deck').getByRole('button', { name: '2 waiting' }).click(),
  },
  review: { state: 'review', act: (page) => openReview(page) },
  checking: { state: 'checking', act: (page) => openReview(page) },
  error: { state: 'error' },
  gone: { state: 'gone', act: (page) => page.waitForTimeout(600) },
  many: { state: 'many' },
  original: { view: 'original' },
  prompts: { view: 'prompts' },
  masks: { view: 'masks' },
  models: {
    state: 'models',
    act: (page) => page.locator('masklet-model-menu').getByRole('button').first().click(),
  },
  opening: { state: 'opening' },
  'opening-bare': { state: 'opening-bare' },
  'opening-long': { state: 'opening-long' },
  'opening-failed': { state: 'opening-failed' },
  'opening-no-ffmpeg': { state: 'opening-no-ffmpeg' },
  'opening-missing': { state: 'opening-missing' },
  'opening-other': { state: 'opening-other' },
  'open-another': { state: 'open-another' },
  'read-only': { state: 'read-only' },
  'take-over': { state: 'take-over' },
  fetching: { state: 'fetching' },
  close: { act: (page) => openPage(page, 'close') },
  guide: { act: (page) => openPage(page, 'guide') },
  settings: { act: (page) => openPage(page, 'settings') },
  export: { act: (page) => openPage(page, 'export') },
  exporting: {
    act: async (page) => {
      await openPage(page, 'export');
      const exporting = { title: 'Indexed PNG (DAVIS)', share: 0.41, files: 812 };
      await page.evaluate((one) => window.masklet.kernel.set({ exporting: one }), exporting);
    },
  },
  'exporting-on': {
    act: async (page) => {
      const exporting = { title: 'Indexed PNG (DAVIS)', share: 0.41, files: 812 };
      await page.evaluate((one) => window.masklet.kernel.set({ exporting: one }), exporting);
    },
  },
  'save-as': { act: (page) => openPage(page, 'save-as') },
  'start-over': { act: (page) => openPage(page, 'start-over') },
  menu: { act: (page) => page.locator('masklet-session-menu').getByRole('button').first().click() },
  brush: {
    act: async (page) => {
      await page.getByRole('radio', { name: /^Brush/ }).click();
      await drag(page, [
        { x: 380, y: 360 },
        { x: 440, y: 380 },
        { x: 470, y: 330 },
      ]);
    },
  },
  lasso: {
    act: async (page) => {
      await page.getByRole('radio', { name: /^Lasso/ }).click();
      await drag(
        page,
        [
          { x: 220, y: 200 },
          { x: 330, y: 190 },
          { x: 370, y: 300 },
          { x: 260, y: 330 },
        ],
        'right',
      );
    },
  },
  preview: {
    act: async (page) => {
      const { x, y } = await place(page, { x: 660, y: 220 });
      await page.getByRole('button', { name: 'New object' }).first().click();
      await page.keyboard.down('Shift');
      await page.mouse.move(x, y);
      await page.waitForTimeout(300);
    },
  },
  zoomed: {
    act: async (page) => {
      await page.evaluate(() => {
        const { desk } = window.masklet.workbench;
        desk.stage.zoomBy(14, { x: 300, y: 180 });
        desk.changed();
      });
      await page.waitForTimeout(300);
    },
  },
};

/** Opens a state on a page of Playwright, and does what belongs to it. `address` is the page's own. */
export async function openScene(tab, address, name, look) {
  const { act, ...options } = scenes[name];
  const hash = new URLSearchParams({ ...options, ...look });
  await tab.goto(`${address}#${hash}`);
  await tab.waitForTimeout(options.state === 'loading' ? 700 : 450);
  await act?.(tab);
  await tab.waitForTimeout(80);
}
