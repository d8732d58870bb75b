export { Chart, chart } from './chart';
export type { ChartChannel, ChartEncoding, ChartMark, ChartRows, ChartSpec } from './chart-spec';
