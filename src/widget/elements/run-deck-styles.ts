import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The run deck's looks. */
export const runDeckStyles: CSSResult = css`
  :host {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    min-height: 40px;
    padding: 0 8px;
    min-width: 0;
  }
  .forecast {
    flex: 1 1 0;
    font-size: 12px;
    color: var(--mk-text2);
    text-align: right;
  }
  .waits {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 28px;
    padding: 0 6px;
    border-radius: 4px;
    flex: none;
    white-space: nowrap;
  }
  .waits:hover {
    background: var(--mk-hover);
  }
  .menu.queue {
    width: 392px;
    max-width: calc(100vw - 16px);
    padding: 0;
  }
  .menu.queue:focus {
    outline: none;
  }
  .queue ol {
    list-style: none;
    margin: 0;
    padding: 6px 8px;
    border-bottom: 1px solid var(--mk-line);
  }
  .queue li {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 32px;
  }
  .queue li .cut {
    flex: 1 1 0;
  }
  .queue li .place {
    min-width: 14px;
    text-align: right;
    color: var(--mk-text2);
    font-variant-numeric: tabular-nums;
  }
  .queue li .button {
    height: 24px;
    padding: 0 8px;
    font-size: 12px;
  }
  .another {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 8px 10px 10px;
  }
  .another .title {
    font-weight: 600;
    color: var(--mk-text2);
  }
  .another .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .another .row.ends {
    justify-content: flex-end;
  }
  .another .scope {
    margin: 0;
  }
  .another .note {
    margin: 0;
    color: var(--mk-text2);
  }
  .scope {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 28px;
    max-width: 140px;
    padding: 0 6px;
    border-radius: 4px;
    font-size: 12px;
    min-width: 0;
  }
  .scope:hover {
    background: var(--mk-hover);
  }
  .button.primary {
    padding-right: 6px;
  }
  .progress {
    flex: 1 1 180px;
    min-width: 0;
    display: flex;
    flex-direction: column;
    gap: 3px;
    padding: 0 4px;
  }
  .words {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    font-size: 12px;
    line-height: 15px;
    white-space: nowrap;
  }
  b {
    font-weight: 600;
  }
  .menu {
    max-height: 60vh;
    min-width: 160px;
    max-width: 260px;
    overflow: auto;
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
  .menu label {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 28px;
    padding: 0 8px;
    border-radius: 3px;
    cursor: pointer;
  }
  .menu label:hover {
    background: var(--mk-hover);
  }
  .menu input {
    accent-color: var(--mk-primary);
    margin: 0;
  }
  .menu hr {
    border: 0;
    border-top: 1px solid var(--mk-line);
    margin: 4px 0;
  }
  .forecast .full {
    display: none;
  }
  @container (min-width: 1438px) {
    .forecast .full {
      display: inline;
    }
    .forecast .short {
      display: none;
    }
  }
  @container (min-width: 701px) and (max-width: 1280px) {
    .segments svg.icon {
      display: none;
    }
  }
  @container (max-width: 700px) {
    .segments span:not(.ends) {
      display: none;
    }
  }
  @container (max-width: 1099px) {
    :host {
      justify-content: flex-start;
    }
  }
  @container (max-width: 557px) {
    :host {
      flex-wrap: wrap;
      padding: 6px 8px;
      gap: 6px;
    }
    .forecast {
      order: 3;
      flex: 1 1 100%;
      text-align: left;
    }
    .scope {
      margin-left: auto;
    }
    .button.primary {
      margin-left: auto;
    }
    .scope + .menu + .button.primary {
      margin-left: 0;
    }
    .segments button {
      padding: 0 9px;
    }
    .rate {
      display: none;
    }
  }
`;
