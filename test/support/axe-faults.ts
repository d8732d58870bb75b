import axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe: { run(context: string, options: RunOptions): Promise<AxeResults> };
  }
}

/** Every rule of axe, those that are off until asked for among them. */
const options: RunOptions = {
  resultTypes: ['violations'],
  rules: { 'target-size': { enabled: true } },
};

/** The rules whose answer depends on the theme. */
const ofColors: RunOptions = { resultTypes: ['violations'], runOnly: ['color-contrast'] };

/** What axe finds wrong with the widget, shadow roots included: a line for each element. Empty: nothing. */
export async function axeFaults(
  page: Page,
  context = 'masklet-workbench',
  rules: 'all' | 'colors' = 'all',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(([where, how]) => window.axe.run(where, how), [
    context,
    rules === 'all' ? options : ofColors,
  ] as const);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.flat().join(' ')}`),
  );
}
