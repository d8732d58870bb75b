import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KernelClient } from '../support/kernel-client';

// Data frames and charts in the real kernel, in a folder that knows nothing of either.

let kernel: KernelClient;

beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.run('import { chart } from "masklet"; import { from, op, table } from "arquero";');
}, 60_000);

afterAll(() => kernel.stop());

describe('arquero in a cell of any folder', () => {
  it('takes columns as a session’s table has them, with its types', async () => {
    const code = `const speeds = table({ object: ["a", "b", "a"], speed: [1, 5, 3] });
console.log(JSON.stringify(speeds.groupby("object").rollup({ mean: op.mean("speed"), rows: op.count() }).objects()));`;
    const { stdout, stderr } = await kernel.run(code);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      { object: 'a', mean: 2, rows: 2 },
      { object: 'b', mean: 5, rows: 1 },
    ]);
    const wrong = await kernel.run('const n: number = speeds.numRows().length;');
    expect(wrong.stderr).toContain("Property 'length' does not exist on type 'number'");
  });

  it('understands functions of a row, with functions of its own in them', async () => {
    const code =
      'console.log(speeds.derive({ twice: d => op.round(d.speed * 2) }).array("twice").join(" "));';
    expect((await kernel.run(code)).stdout).toBe('2 10 6\n');
  });

  it('shows a table as a table, its first rows', async () => {
    const { displays, stdout } = await kernel.run('table({ n: Array.from({ length: 25 }, (_, i) => i) })');
    expect(stdout).toBe('');
    const bundle = displays[0] as { 'text/html': string; 'text/plain': string };
    expect(bundle['text/html'].match(/<tr>/g)).toHaveLength(21);
    expect(bundle['text/html']).toContain('… and 5 rows more');
    expect(bundle['text/plain']).toContain('|19|');
  });

  it('completes its verbs', async () => {
    const code = 'speeds.group';
    const { content } = await kernel.request('complete_request', { code, cursor_pos: code.length });
    expect(content['matches']).toContain('groupby');
  });
});

describe('a chart', () => {
  it('shows itself: Vega-Lite for JupyterLab, and a picture for readers without a kernel', async () => {
    const code = `await chart(speeds, { mark: "bar", encoding: { x: { field: "object" }, y: { field: "speed", aggregate: "mean" } } })`;
    const { displays, stderr, stdout } = await kernel.run(code);
    expect([stderr, stdout]).toEqual(['', '']);
    const [bundle] = displays;
    expect(Object.keys(bundle!)).toEqual(['application/vnd.vegalite.v5+json', 'image/svg+xml', 'text/plain']);
    const spec = bundle!['application/vnd.vegalite.v5+json'] as Record<string, unknown>;
    expect(spec['data']).toEqual({
      values: [
        { object: 'a', speed: 1 },
        { object: 'b', speed: 5 },
        { object: 'a', speed: 3 },
      ],
    });
    expect(spec['encoding']).toEqual({
      x: { field: 'object', type: 'nominal' },
      y: { field: 'speed', aggregate: 'mean', type: 'quantitative' },
    });
    // Two bars with words that say how high they are.
    const svg = bundle!['image/svg+xml'] as string;
    expect(svg).toMatch(/^<svg/);
    expect(svg).toContain('object: a; Mean of speed: 2');
    expect(svg).toContain('object: b; Mean of speed: 5');
  });

  it('completes what a channel can say, and shows its documentation', async () => {
    const code = 'chart(speeds, { mark: "bar", encoding: { x: { fie';
    const { content } = await kernel.request('complete_request', { code, cursor_pos: code.length });
    expect(content['matches']).toContain('field');
    const asked = { code: 'chart(', cursor_pos: 3, detail_level: 0 };
    const shown = (await kernel.request('inspect_request', asked)).content['data'] as Record<string, string>;
    expect(shown['text/plain']).toContain('Plots rows with Vega-Lite');
  });

  it('says which column is not there, and what cannot be drawn', async () => {
    const column = await kernel.run(
      'await chart(speeds, { mark: "line", encoding: { x: { field: "tme" } } })',
    );
    expect(column.stderr.trim()).toBe('There is no column “tme” to draw. There are: “object”, “speed”.');
    expect((await kernel.run('await chart([], { mark: "line" })')).stderr).toContain('no rows to draw');
    expect((await kernel.run('await chart(speeds, {})')).stderr).toContain('This chart cannot be drawn');
    expect((await kernel.run('await chart(speeds, { mark: "pie" })')).stderr).toContain('is not assignable');
  });
});
