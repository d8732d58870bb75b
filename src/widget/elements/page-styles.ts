import { css } from 'lit';
import type { CSSResult } from 'lit';

/** What the pages over the canvas have in common: columns of text, forms, what became of them. */
export const pageStyles: CSSResult = css`
  h3 {
    margin: 0 0 6px;
    font-size: 13px;
    font-weight: 600;
  }
  p {
    margin: 0 0 8px;
    max-width: 68ch;
  }
  .quiet {
    color: var(--mk-text2);
  }
  .columns {
    columns: 320px 3;
    column-gap: 32px;
  }
  .columns section {
    break-inside: avoid;
    margin-bottom: 16px;
  }
  form {
    display: grid;
    grid-template-columns: minmax(110px, max-content) minmax(0, 420px);
    gap: 10px 12px;
    align-items: center;
  }
  form h3.wide {
    margin: 8px 0 0;
  }
  form .wide {
    grid-column: 1 / -1;
    max-width: 68ch;
  }
  form .note {
    grid-column: 2;
    margin: -6px 0 0;
    font-size: 11px;
    line-height: 14px;
    color: var(--mk-text2);
  }
  form > label,
  form > .label {
    font-size: 12px;
    color: var(--mk-text2);
    align-self: start;
    padding-top: 4px;
  }
  .field {
    width: 100%;
    height: 28px;
  }
  .field.short {
    width: 128px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    min-height: 28px;
  }
  .check {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
  }
  .outcome {
    padding: 8px 12px;
    border-radius: 4px;
    background: var(--mk-bar);
    box-shadow: inset 3px 0 0 var(--mk-ok);
    overflow-wrap: anywhere;
  }
  .outcome.bad {
    background: var(--mk-err-tint);
    box-shadow: inset 3px 0 0 var(--mk-err-line);
  }
  .buttons {
    display: flex;
    gap: 8px;
  }
  @container (max-width: 557px) {
    form {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    form > label,
    form > .label {
      padding-top: 8px;
    }
    form .note {
      grid-column: 1;
      margin: 0;
    }
  }
`;
