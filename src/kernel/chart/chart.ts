import { KernelError } from '../../errors';
import type { Json } from '../comm';
import { withTypes } from './field-types';
import type { ChartRows, ChartSpec } from './chart-spec';

/**
 * A plot of rows. As the last expression of a cell it shows itself: JupyterLab draws it with its own Vega-Lite (tooltips,
 * “save as” in its menu), and every other reader of the saved notebook sees the SVG beside it, without a kernel.
 */
export class Chart {
  /** The whole Vega-Lite specification, with its data. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** The picture, as SVG: `writeFileSync("speed.svg", chart.svg)`. */
  readonly svg: string;

  constructor(spec: Readonly<Record<string, unknown>>, svg: string) {
    this.spec = spec;
    this.svg = svg;
    Object.defineProperty(this, Symbol.for('Jupyter.display'), { value: () => this.#bundle() });
  }

  #bundle(): Record<string, Json> {
    return {
      'application/vnd.vegalite.v5+json': this.spec as Json,
      'image/svg+xml': this.svg,
      'text/plain': 'A chart',
    };
  }
}

/**
 * Plots rows with Vega-Lite: `mark` is what to draw, `encoding` which column goes where. The type of a column
 * (`quantitative` for numbers, else `nominal`) may be left out. All that Vega-Lite has is described at
 * https://vega.github.io/vega-lite/docs.
 *
 * @param rows a table of {@link Session.table}, a table of arquero, or an array of records
 * @throws KernelError: a sentence, when there are no rows or the specification cannot be drawn
 * @example const table = await session.table("geometry");
 * await chart(table, { mark: "line", encoding: { x: { field: "time" }, y: { field: "area" }, color: { field: "object_name" } } })
 */
export async function chart(rows: ChartRows, spec: ChartSpec): Promise<Chart> {
  const values = [...rowsOf(rows)];
  if (values.length === 0) throw new KernelError('There are no rows to draw.');
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    width: 560,
    height: 220,
    ...withTypes(spec, values),
    data: { values },
  };
  return new Chart(whole, await draw(whole));
}

function rowsOf(rows: ChartRows): Iterable<object> {
  if (Symbol.iterator in rows) return rows;
  return 'rows' in rows ? rows.rows() : rows.objects();
}

/** Vega is loaded with the first chart: most notebooks never need it. */
async function draw(spec: Readonly<Record<string, unknown>>): Promise<string> {
  const [vega, lite] = await Promise.all([import('vega'), import('vega-lite')]);
  const said: string[] = [];
  const hear = (_method: unknown, _level: unknown, words: readonly unknown[]): void =>
    void said.push(words.map(String).join(' '));
  const logger = vega.logger(vega.Warn, 'warn', hear);
  try {
    const { spec: compiled } = lite.compile(spec as never, { logger });
    const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger });
    const svg = await view.toSVG();
    view.finalize();
    return svg;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new KernelError(
      `This chart cannot be drawn: ${[why, ...said].join('; ')}. What Vega-Lite understands: https://vega.github.io/vega-lite/docs.`,
      {},
      error,
    );
  }
}
