/** What can be plotted: an array of records, a table of a session, or a table of arquero. */
export type ChartRows = Iterable<object> | { rows(): Iterable<object> } | { objects(): Iterable<object> };

/** What Vega-Lite draws. */
export type ChartMark =
  | 'area'
  | 'bar'
  | 'boxplot'
  | 'circle'
  | 'line'
  | 'point'
  | 'rect'
  | 'rule'
  | 'square'
  | 'text'
  | 'tick'
  | 'trail';

/** Which column a channel shows, and how; also all else that Vega-Lite has for it. */
export interface ChartChannel {
  /** The column. */
  readonly field?: string;
  /** By the column's values where it is left out: numbers are `quantitative`, all else is `nominal`. */
  readonly type?: 'quantitative' | 'temporal' | 'ordinal' | 'nominal';
  /** What the axis or legend says; the column's name where it is left out. */
  readonly title?: string | null;
  readonly aggregate?: 'count' | 'sum' | 'mean' | 'median' | 'min' | 'max';
  readonly bin?: boolean | { readonly maxbins?: number; readonly step?: number };
  /** The same for all rows. */
  readonly value?: unknown;
  readonly [more: string]: unknown;
}

/** Which column goes where. */
export interface ChartEncoding {
  readonly x?: ChartChannel;
  readonly x2?: ChartChannel;
  readonly y?: ChartChannel;
  readonly y2?: ChartChannel;
  readonly color?: ChartChannel;
  readonly size?: ChartChannel;
  readonly opacity?: ChartChannel;
  readonly shape?: ChartChannel;
  readonly tooltip?: ChartChannel | readonly ChartChannel[];
  readonly order?: ChartChannel;
  /** Small charts side by side, one for each value. */
  readonly column?: ChartChannel;
  readonly row?: ChartChannel;
  readonly [more: string]: unknown;
}

/** A chart in Vega-Lite's words, without its data: https://vega.github.io/vega-lite/docs. */
export interface ChartSpec {
  readonly mark?: ChartMark | { readonly type: ChartMark; readonly [more: string]: unknown };
  readonly encoding?: ChartEncoding;
  /** Several marks over each other, in place of `mark`. */
  readonly layer?: readonly ChartSpec[];
  readonly title?: string;
  /** Pixels of the plot without its axes; 560 where nothing is said. */
  readonly width?: number;
  /** 220 where nothing is said. */
  readonly height?: number;
  readonly [more: string]: unknown;
}
