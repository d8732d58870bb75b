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
    max-height: 216px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }
  .heads {
    position: relative;
    min-width: 0;
  }
  .heads .head {
    position: absolute;
    left: 0;
    width: 100%;
  }
  .head.feature {
    padding-left: 28px;
    color: var(--mk-text2);
  }
  .head.feature:hover {
    background: none;
  }
  .head .icon {
    width: 12px;
    height: 12px;
    margin-left: auto;
    color: var(--mk-text2);
  }
  .badge {
    min-width: 16px;
    margin-left: auto;
    padding: 0 3px;
    border: 1px solid var(--mk-warn-line);
    border-radius: 8px;
    background: var(--mk-warn-tint);
    color: var(--mk-warn);
    font: 600 10px/14px var(--mk-font);
    text-align: center;
  }
  .icon + .badge {
    margin-left: 0;
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
  .mark.drawn {
    stroke-width: 1;
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
  .imported {
    fill: color-mix(in srgb, var(--object) 25%, transparent);
    stroke: var(--object);
    stroke-width: 1.5;
  }
  .outdated-back {
    fill: var(--mk-bg);
  }
  .outdated {
    fill: url(#old);
    stroke: color-mix(in srgb, var(--object) 70%, var(--mk-ink));
    stroke-width: 1.2;
    stroke-dasharray: 3 2;
  }
  .old-line {
    fill: var(--mk-text);
    opacity: 0.35;
  }
  .locked {
    fill: url(#hatch);
  }
  .hatch {
    fill: var(--mk-bg);
    opacity: 0.75;
  }
  .lock-edge {
    stroke: var(--mk-text);
    stroke-width: 1;
  }
  .pencil {
    fill: #000;
  }
  .value {
    fill: color-mix(in srgb, var(--mk-ink) 11%, var(--mk-bg));
  }
  .value-text {
    fill: var(--mk-text);
    text-anchor: start;
  }
  .change {
    fill: var(--mk-text);
  }
  .moving {
    fill: none;
    stroke: var(--mk-accent);
    stroke-width: 2;
  }
  .bound {
    stroke: var(--mk-text2);
    stroke-dasharray: 3 3;
    fill: none;
  }
  .block {
    text-anchor: start;
  }
  .low-seam rect {
    fill: var(--mk-warn-tint);
    stroke: var(--mk-warn);
  }
  .low-seam text {
    fill: var(--mk-warn);
  }
  .flag-line {
    stroke: var(--mk-primary);
    stroke-width: 2;
  }
  .playhead,
  .run-head,
  .window,
  .here {
    position: absolute;
    top: 0;
    bottom: 0;
    left: 0;
    pointer-events: none;
    will-change: transform;
  }
  .playhead {
    width: 2px;
    margin-left: -1px;
    background: var(--mk-primary);
  }
  .run-head {
    width: 0;
    border-left: 2px dashed var(--mk-accent);
  }
  .lane-mark {
    position: absolute;
    top: 0;
    left: 0;
    display: grid;
    place-items: center;
    width: 18px;
    height: 18px;
    border: 1.2px solid var(--mk-warn);
    border-radius: 50%;
    background: var(--mk-warn-tint);
    color: var(--mk-warn);
  }
  .body .lane-mark .icon {
    position: static;
    width: 11px;
    height: 11px;
    stroke-width: 2;
  }
  .lane-mark i {
    position: absolute;
    left: 8px;
    bottom: -3px;
    height: 2.5px;
    background: var(--mk-warn);
  }
  .flag rect {
    fill: var(--mk-primary);
  }
  .flag text {
    fill: #fff;
    font-weight: 600;
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
    top: 2px;
    bottom: 2px;
    border: 1.5px solid var(--mk-accent);
    border-radius: 3px;
    background: color-mix(in srgb, var(--mk-accent) 14%, transparent);
  }
  .map-alarm {
    stroke: var(--mk-warn);
    stroke-width: 2;
  }
  .map-mark {
    stroke: var(--mk-text);
    stroke-width: 1;
  }
  .map .bars {
    stroke: none;
    fill: color-mix(in srgb, var(--mk-ink) 45%, transparent);
  }
  .here {
    width: 1.5px;
    background: var(--mk-primary);
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
    .imported,
    .mark {
      forced-color-adjust: none;
    }
  }
`;
