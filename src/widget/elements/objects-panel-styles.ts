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
  }
  .name {
    flex: 1 1 auto;
  }
  .class {
    flex: 0 8 auto;
    max-width: 72px;
    color: var(--mk-text2);
    font-size: 12px;
  }
  .status {
    flex: 0 0 auto;
    max-width: 76px;
    margin-right: 4px;
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
  .menu {
    width: 208px;
    padding: 4px;
    border: 0;
    border-radius: 6px;
    background: var(--mk-bg);
    color: var(--mk-text);
    font: 12px/16px var(--mk-font);
    box-shadow:
      0 4px 16px rgba(0, 0, 0, 0.28),
      0 0 0 1px var(--mk-line);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    height: 28px;
    padding: 0 8px;
    border-radius: 3px;
  }
  .item:hover {
    background: var(--mk-hover);
  }
  .colors {
    display: grid;
    grid-template-columns: repeat(7, 24px);
    gap: 4px;
    padding: 4px 6px;
  }
  .color {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: 4px;
    background: var(--object);
    color: #000;
    box-shadow: inset 0 0 0 1px rgba(0, 0, 0, 0.35);
    forced-color-adjust: none;
  }
  .color:focus-visible {
    outline-offset: 1px;
  }
  .color.other {
    position: relative;
    background: conic-gradient(#ed4428, #fced3f, #2b9667, #73c4e2, #be84ff, #ee79a1, #ed4428);
    cursor: pointer;
  }
  .color.other input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .color.other:focus-within {
    outline: 2px solid var(--mk-accent);
    outline-offset: 1px;
  }
  .menu p {
    margin: 6px 8px 8px;
  }
  .answers {
    display: flex;
    justify-content: flex-end;
    gap: 6px;
    padding: 0 4px 4px;
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
    .row,
    .choose,
    .add {
      height: 32px;
    }
  }
`;
