import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The timeline's looks. */
export const timelineStyles: CSSResult = css`
  :host {
    --head: 152px;
    display: block;
    position: relative;
    border-top: 1px solid var(--mk-line);
    background: var(--mk-bg);
    user-select: none;
  }
  .top,
  .lanes,
  .map {
    display: grid;
    grid-template-columns: var(--head) minmax(0, 1fr);
  }
  .corner,
  .head {
    border-right: 1px solid var(--mk-line);
    min-width: 0;
  }
  .corner {
    display: flex;
    align-items: center;
    height: 38px;
    padding: 0 2px 0 8px;
    font-size: 12px;
    background: var(--mk-bar);
    border-bottom: 1px solid var(--mk-line);
  }
  .corner span {
    flex: 1;
  }
  .ruler {
    position: relative;
    height: 38px;
    overflow: hidden;
    touch-action: none;
    background: var(--mk-bar);
    border-bottom: 1px solid var(--mk-line);
    cursor: col-resize;
  }
  .lanes {
    position: relative;
    max-height: 176px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  .body {
    position: relative;
    min-width: 0;
    overflow: hidden;
    touch-action: none;
    cursor: default;
  }
  .ruler svg,
  .body svg {
    display: block;
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
  }
  text {
    font: 11px var(--mk-font);
    fill: var(--mk-text2);
    text-anchor: middle;
  }
  .tick {
    stroke: var(--mk-line2);
    stroke-width: 1;
    fill: none;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 22px;
    padding: 0 6px 0 8px;
    font-size: 12px;
    text-align: left;
    border-bottom: 1px solid color-mix(in srgb, var(--mk-line) 60%, transparent);
  }
  .head:hover {
    background: var(--mk-hover);
  }
  .head .swatch {
    width: 14px;
    height: 14px;
    line-height: 14px;
    font-size: 10px;
  }
  .head.chosen {
    background: var(--mk-tint);
    box-shadow: inset 2px 0 0 var(--mk-accent);
    font-weight: 600;
  }
  .barrier {
    stroke: var(--mk-text2);
    stroke-width: 2;
  }
  .padlock {
    fill: var(--mk-bar);
    stroke: var(--mk-text);
    stroke-width: 1.2;
  }
  .lane-back {
    fill: none;
  }
  .lane-back.chosen {
    fill: var(--mk-tint);
  }
  .lane-line {
    stroke: color-mix(in srgb, var(--mk-line) 60%, transparent);
  }
  .bars {
    fill: color-mix(in srgb, var(--object) 62%, transparent);
    stroke: color-mix(in srgb, var(--object) 60%, var(--mk-lane-edge));
    stroke-width: 1;
  }
  .chosen .bars {
    fill: var(--object);
  }
  .is-hidden {
    opacity: 0.5;
  }
  .absent {
    stroke: var(--mk-text2);
    stroke-width: 1.5;
    stroke-dasharray: 1.5 4;
    stroke-linecap: round;
  }
  .mark {
    fill: var(--object);
    stroke: #000;
    stroke-width: 1.25;
    paint-order: stroke;
  }
  .mark-edge {
    fill: none;
    stroke: var(--mk-bg);
    stroke-width: 4;
  }
  .range {
    fill: color-mix(in srgb, var(--mk-accent) 12%, transparent);
  }
  .outside {
    fill: color-mix(in srgb, var(--mk-bg) 55%, transparent);
  }
  .range-band {
    fill: color-mix(in srgb, var(--mk-accent) 45%, transparent);
  }
  .range-edge {
    stroke: var(--mk-accent);
    stroke-width: 1;
  }
  .handle {
    fill: var(--mk-accent);
  }
  .playhead {
    stroke: var(--mk-primary);
    stroke-width: 2;
  }
  .flag rect {
    fill: var(--mk-primary);
  }
  .flag text {
    fill: #fff;
    font-weight: 600;
  }
  .run-head {
    stroke: var(--mk-accent);
    stroke-width: 2;
    stroke-dasharray: 3 3;
  }
  .band {
    position: absolute;
    inset: 0 0 auto 0;
    height: 17px;
    cursor: ew-resize;
  }
  .map {
    height: 30px;
    border-top: 1px solid var(--mk-line);
    font-size: 11px;
    color: var(--mk-text2);
  }
  .map .head {
    height: 29px;
    border-bottom: 0;
    font-size: 11px;
  }
  .map .head:hover {
    background: none;
  }
  .map .body {
    cursor: grab;
  }
  .window {
    fill: color-mix(in srgb, var(--mk-accent) 14%, transparent);
    stroke: var(--mk-accent);
    stroke-width: 1.5;
  }
  .map .bars {
    stroke: none;
    fill: color-mix(in srgb, var(--mk-ink) 45%, transparent);
  }
  .here {
    stroke: var(--mk-primary);
    stroke-width: 1.5;
  }
  .slider:focus-visible {
    outline: 2px solid var(--mk-accent);
    outline-offset: -2px;
  }
  @container (min-width: 1438px) {
    :host {
      --head: 176px;
    }
  }
  @container (max-width: 997px) {
    :host {
      --head: 120px;
    }
    .corner span {
      display: none;
    }
    .corner {
      justify-content: flex-end;
    }
  }
  @container (max-width: 557px) {
    :host {
      --head: 92px;
    }
  }
  @media (forced-colors: active) {
    .bars,
    .mark {
      forced-color-adjust: none;
    }
  }
`;
