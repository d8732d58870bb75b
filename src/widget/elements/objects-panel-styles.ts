import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The objects panel's looks. */
export const objectsPanelStyles: CSSResult = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--mk-bg);
  }
  .header {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 34px;
    flex: none;
    padding: 0 6px 0 10px;
    border-bottom: 1px solid var(--mk-line);
    background: var(--mk-bar);
    font-size: 12px;
  }
  h2 {
    margin: 0;
    font-size: 12px;
    font-weight: 600;
  }
  .count {
    flex: 1;
    color: var(--mk-text2);
  }
  .list {
    flex: 1;
    min-height: 0;
    overflow: auto;
    scrollbar-width: thin;
    padding-bottom: 4px;
  }
  .row {
    display: flex;
    align-items: center;
    height: 28px;
    padding: 0 6px 0 0;
    color: var(--mk-text);
  }
  .row:hover {
    background: var(--mk-hover);
  }
  .row.chosen {
    background: var(--mk-tint);
    box-shadow: inset 2px 0 0 var(--mk-accent);
  }
  .row.chosen .name {
    font-weight: 600;
  }
  .row .icon-button {
    color: var(--mk-text2);
  }
  .row .icon-button:disabled {
    color: var(--mk-text3);
  }
  .row.is-hidden .name,
  .row.is-hidden .class {
    color: var(--mk-text2);
    text-decoration: line-through;
  }
  .choose {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    height: 28px;
    padding-left: 10px;
    text-align: left;
    touch-action: none;
  }
  .name {
    flex: 1 1 auto;
  }
  .class {
    flex: 0 8 auto;
    max-width: 72px;
    height: 24px;
    padding: 0 3px;
    border-radius: 3px;
    color: var(--mk-text2);
    font-size: 12px;
    text-align: left;
  }
  .class:hover:not(:disabled) {
    background: var(--mk-hover);
  }
  .class.unset {
    opacity: 0;
  }
  .row:hover .unset,
  .row:focus-within .unset {
    opacity: 1;
  }
  .status {
    flex: 0 0 auto;
    max-width: 76px;
    margin: 0 2px 0 3px;
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: 11px;
    color: var(--mk-text2);
  }
  .status svg.icon {
    width: 12px;
    height: 12px;
    stroke-width: 1.8;
  }
  .turning {
    width: 10px;
    height: 10px;
    border: 2px solid var(--mk-accent);
    border-right-color: transparent;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(360deg);
    }
  }
  .row > .swatch {
    margin-left: 10px;
  }
  .rename {
    flex: 1;
    height: 24px;
    margin: 0 6px;
  }
  .add {
    display: flex;
    align-items: center;
    gap: 6px;
    width: 100%;
    height: 28px;
    padding: 0 10px;
    color: var(--mk-text2);
    font-size: 12px;
  }
  .add:hover:not(:disabled) {
    background: var(--mk-hover);
    color: var(--mk-text);
  }
  .add kbd {
    margin-left: auto;
    color: var(--mk-text);
  }
  .none {
    margin: 0;
    padding: 10px 12px;
    color: var(--mk-text2);
    font-size: 12px;
    line-height: 17px;
  }
  .held {
    opacity: 0.5;
  }
  .drop-above {
    box-shadow: inset 0 2px 0 var(--mk-accent);
  }
  .drop-below {
    box-shadow: inset 0 -2px 0 var(--mk-accent);
  }
  .is-locked {
    color: var(--mk-text);
  }
  .class-field {
    flex: 1 1 72px;
    width: 72px;
    height: 24px;
    font-size: 12px;
  }
  @container (max-width: 997px) {
    .class {
      display: none;
    }
  }
  @container (min-width: 558px) and (max-width: 1437px) {
    .status .word {
      display: none;
    }
  }
  @container (max-width: 557px) {
    .row:not(.chosen) {
      padding-right: 30px;
    }
    .row,
    .choose,
    .add {
      height: 32px;
    }
  }
`;
