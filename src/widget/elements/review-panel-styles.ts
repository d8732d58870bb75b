import { css } from 'lit';
import type { CSSResult } from 'lit';

/** How the review looks. */
export const reviewPanelStyles: CSSResult = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    overflow: auto;
    scrollbar-width: thin;
    background: var(--mk-bg);
    font-size: 12px;
  }
  h2 {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    height: 34px;
    margin: 0;
    padding: 0 6px 0 10px;
    font-size: 12px;
    font-weight: 600;
    background: var(--mk-bar);
    border-bottom: 1px solid var(--mk-line);
  }
  h2 .count {
    flex: 1;
    color: var(--mk-text2);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .kinds {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 4px;
    padding: 8px 10px;
  }
  .check {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    padding: 0 10px 8px;
    color: var(--mk-text2);
    font-variant-numeric: tabular-nums;
  }
  .check .button {
    flex: none;
    max-width: calc(100% - 78px);
    height: 26px;
    padding: 0 7px;
    font-size: 12px;
  }
  .kind {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 24px;
    padding: 0 8px;
    border: 1px solid var(--mk-line3);
    border-radius: 12px;
    color: var(--mk-text2);
    font-size: 11px;
  }
  .kind .icon {
    color: var(--mk-warn);
  }
  .kind[aria-pressed='true'] {
    border-color: var(--mk-accent);
    background: var(--mk-tint);
    color: var(--mk-text);
  }
  .kind[aria-pressed='false'] .word {
    text-decoration: line-through;
  }
  .kind b {
    font-variant-numeric: tabular-nums;
  }
  .card {
    flex: none;
    margin: 0 8px 8px;
    padding: 8px;
    border: 1px solid var(--mk-warn-line);
    border-radius: 4px;
    background: var(--mk-warn-tint);
  }
  .card h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0 0 4px;
    font-size: 13px;
    font-weight: 600;
    min-width: 0;
  }
  .card h3 .icon {
    flex: none;
    color: var(--mk-warn);
  }
  .card p {
    margin: 0 0 4px;
    line-height: 17px;
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--mk-text2);
  }
  .card .worth {
    margin: 8px 0 0;
    font-size: 11px;
  }
  .curve {
    display: block;
    width: 100%;
    height: 36px;
    margin: 2px 0 0;
    color: var(--mk-text);
  }
  .curve .extent {
    fill: var(--mk-warn);
    opacity: 0.25;
  }
  .curve .ground {
    stroke: var(--mk-line2);
  }
  .curve path {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }
  .doings {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }
  .doings button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 26px;
    padding: 0 10px;
    font-size: 12px;
  }
  .says {
    flex: none;
    margin: 0;
    padding: 4px 12px 10px;
    color: var(--mk-text2);
    line-height: 17px;
  }
  .list {
    flex: 1 1 auto;
    min-height: 84px;
    overflow: auto;
    scrollbar-width: thin;
  }
  ul {
    position: relative;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    position: absolute;
    right: 0;
    left: 0;
    height: 28px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    height: 28px;
    padding: 0 10px;
    border-radius: 0;
    font-size: 12px;
    text-align: left;
  }
  .line:hover {
    background: var(--mk-hover);
  }
  .line[aria-current='true'] {
    background: var(--mk-tint);
    font-weight: 600;
    box-shadow: inset 2px 0 0 var(--mk-accent);
  }
  .line .icon {
    flex: none;
    color: var(--mk-warn);
  }
  .line .cut {
    flex: 1;
  }
  .line .frame {
    color: var(--mk-text2);
    font-variant-numeric: tabular-nums;
  }
  @container (max-width: 997px) {
    .kind .word {
      position: absolute;
      clip-path: inset(50%);
      width: 1px;
      overflow: hidden;
    }
  }
  @media (forced-colors: active) {
    .kind[aria-pressed='true'],
    .line[aria-current='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
