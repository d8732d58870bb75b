import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The features panel's looks. */
export const featuresPanelStyles: CSSResult = css`
  :host {
    display: flex;
    flex-direction: column;
    overflow: auto;
    scrollbar-width: thin;
    background: var(--mk-bg);
  }
  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    height: 34px;
    padding: 0 6px 0 10px;
    background: var(--mk-bar);
    border-bottom: 1px solid var(--mk-line);
  }
  h2 {
    flex: 1;
    margin: 0;
    font-size: 12px;
    font-weight: 600;
  }
  p {
    margin: 0;
    padding: 10px 12px;
    color: var(--mk-text2);
    font-size: 12px;
    line-height: 17px;
  }
  .list:not(:empty) {
    padding: 4px 0;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(48px, 2fr) minmax(0, 3fr) auto;
    align-items: start;
    gap: 4px;
    padding: 2px 6px 2px 6px;
  }
  .name {
    height: 24px;
    padding: 0 4px;
    border-radius: 3px;
    font-size: 12px;
    text-align: left;
  }
  .name:hover:not(:disabled) {
    background: var(--mk-hover);
  }
  .name:disabled {
    color: var(--mk-text);
  }
  .changes {
    display: flex;
  }
  .changes .icon-button {
    width: 24px;
    color: var(--mk-text2);
  }
  .changes .icon-button:disabled {
    color: var(--mk-text3);
  }
  .changes [aria-pressed='true'] {
    background: none;
    color: var(--mk-accent-ink);
  }
  @container (max-width: 997px) and (min-width: 558px) {
    .row {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    masklet-feature-value {
      grid-row: 2;
      grid-column: 1 / 3;
    }
    .row + .row {
      padding-top: 4px;
    }
  }
`;
