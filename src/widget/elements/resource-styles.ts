import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The monitor's looks. */
export const resourceStyles: CSSResult = css`
  :host {
    display: block;
    padding: 10px 12px 12px;
    font-size: 12px;
    line-height: 16px;
  }
  h3 {
    margin: 12px 0 4px;
    font-size: 12px;
    font-weight: 600;
    color: var(--mk-text2);
  }
  p {
    margin: 0;
  }
  .quiet {
    color: var(--mk-text2);
  }
  .pace {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 34px;
  }
  .big {
    font-size: 20px;
    line-height: 24px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .curve {
    flex: 1 1 0;
    min-width: 40px;
    height: 32px;
    fill: none;
    stroke: var(--mk-accent);
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }
  .curve polyline {
    vector-effect: non-scaling-stroke;
  }
  dl {
    margin: 0;
  }
  dl > div {
    display: grid;
    grid-template-columns: 132px minmax(0, 1fr);
    align-items: center;
    gap: 8px;
    min-height: 22px;
  }
  dd {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    margin: 0;
  }
  .bar {
    flex: 0 0 76px;
  }
  .figure {
    white-space: nowrap;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
