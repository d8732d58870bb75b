import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The page of what there is to open: one column, whatever the width. */
export const openingStyles: CSSResult = css`
  :host {
    display: block;
    background: var(--mk-bg);
  }
  .column {
    max-width: 644px;
    margin: 0 auto;
    padding: 24px 12px 20px;
    display: grid;
    gap: 16px;
  }
  .column > * {
    min-width: 0;
  }
  .ways {
    border: 1px dashed var(--mk-line2);
    border-radius: 6px;
    padding: 24px 16px 20px;
    display: grid;
    justify-items: center;
    gap: 12px;
    text-align: center;
  }
  .ways.over {
    border-style: solid;
    border-color: var(--mk-accent);
    background: var(--mk-tint);
  }
  .ways > svg.icon {
    width: 30px;
    height: 30px;
    stroke-width: 1;
  }
  h2 {
    margin: 0;
    font-size: 15px;
    line-height: 22px;
    font-weight: 600;
  }
  h3 {
    margin: 0 0 4px;
    font-size: 12px;
    line-height: 18px;
    font-weight: 600;
  }
  p {
    margin: 0;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }
  .quiet,
  .note {
    color: var(--mk-text2);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .note {
    font-size: 11px;
    line-height: 14px;
  }
  form {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 8px;
    width: 100%;
    text-align: left;
  }
  form label {
    font-size: 12px;
    color: var(--mk-text2);
  }
  form .field {
    width: 100%;
    height: 28px;
  }
  form .note {
    grid-column: 2 / -1;
  }
  ul {
    list-style: none;
    margin: 0 -8px;
    padding: 0;
  }
  li {
    display: flex;
    align-items: center;
    border-radius: 4px;
    min-height: 32px;
  }
  li:hover,
  li:focus-within {
    background: var(--mk-hover);
  }
  .session {
    display: flex;
    align-items: baseline;
    gap: 8px;
    flex: 1;
    min-width: 0;
    min-height: 32px;
    padding: 7px 4px 7px 8px;
    text-align: left;
  }
  .session svg {
    align-self: center;
  }
  .session .name {
    font-weight: 600;
    flex: 0 1 auto;
  }
  .session .what {
    flex: 1 1 0;
    font-size: 12px;
    color: var(--mk-text2);
  }
  .session .when {
    font-size: 12px;
    color: var(--mk-text2);
    white-space: nowrap;
  }
  .off .name {
    font-weight: 400;
  }
  .off .session > svg {
    color: var(--mk-warn);
  }
  li > .icon-button {
    color: var(--mk-text2);
    opacity: 0;
  }
  li:hover > .icon-button,
  li:focus-within > .icon-button,
  .off > .icon-button {
    opacity: 1;
  }
  @media (hover: none) {
    li > .icon-button {
      opacity: 1;
    }
  }
  .code {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 8px;
    font-size: 12px;
    color: var(--mk-text2);
  }
  code {
    font: 12px/18px var(--jp-code-font-family, monospace);
    color: var(--mk-text);
    background: var(--mk-bar);
    border-radius: 4px;
    padding: 3px 8px;
    overflow-wrap: anywhere;
  }
  .said {
    display: grid;
    gap: 8px;
    padding: 10px 12px;
    background: var(--mk-bar);
    border-radius: 4px;
    overflow-wrap: anywhere;
    position: relative;
  }
  .said.failed {
    background: var(--mk-err-tint);
    box-shadow: inset 3px 0 0 var(--mk-err-line);
    padding-right: 40px;
  }
  .said.trouble {
    background: var(--mk-warn-tint);
    box-shadow: inset 3px 0 0 var(--mk-warn-line);
  }
  .said .buttons {
    justify-content: flex-start;
  }
  .said > .icon-button {
    position: absolute;
    top: 6px;
    right: 6px;
  }
  strong {
    font-weight: 600;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 2px 12px;
    margin: 0;
    font-size: 12px;
  }
  dt {
    color: var(--mk-text2);
  }
  dd {
    margin: 0;
  }
  .under-way {
    display: grid;
    gap: 8px;
    justify-items: center;
    text-align: center;
  }
  .under-way img,
  .under-way .blank {
    display: block;
    width: 100%;
    max-height: 420px;
    object-fit: contain;
    background: var(--mk-stage);
    border-radius: 4px;
  }
  .under-way .blank {
    aspect-ratio: 16 / 9;
  }
  .bar {
    width: 160px;
    height: 3px;
    border-radius: 2px;
    overflow: hidden;
    background: var(--mk-line3);
  }
  .bar::after {
    content: '';
    display: block;
    width: 40%;
    height: 100%;
    background: var(--mk-accent);
    animation: go 1.4s ease-in-out infinite alternate;
  }
  @media (forced-colors: active) {
    .bar {
      forced-color-adjust: none;
      --mk-line3: GrayText;
      --mk-accent: Highlight;
    }
  }
  @keyframes go {
    to {
      transform: translateX(150%);
    }
  }
  @container (max-width: 557px) {
    .column {
      padding: 16px 12px;
      gap: 12px;
    }
    .ways {
      padding: 16px 12px;
    }
    .session {
      flex-wrap: wrap;
      row-gap: 0;
    }
    .session .what {
      order: 1;
      flex-basis: 100%;
      padding-left: 24px;
    }
    .session .when {
      margin-left: auto;
    }
  }
`;
