import { css } from 'lit';
import type { CSSResult } from 'lit';

export const modelMenuStyles: CSSResult = css`
  :host {
    display: inline-flex;
    min-width: 0;
  }
  .engine {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 26px;
    padding: 0 8px 0 10px;
    background: none;
    color: inherit;
    font: 12px/16px var(--mk-font);
    cursor: pointer;
    border: 1px solid var(--mk-line);
    border-radius: 13px;
    font-size: 12px;
    white-space: nowrap;
    min-width: 0;
    flex: 0 1 auto;
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    flex: none;
    background: var(--mk-ok);
  }
  .dot.busy,
  .dot.starting {
    background: none;
    border: 2px solid var(--mk-accent);
    border-right-color: transparent;
    animation: turn 1s linear infinite;
  }
  .dot.failed {
    background: none;
    border: 2px solid var(--mk-err);
  }
  .dot.gone {
    background: none;
    border: 2px solid var(--mk-text2);
  }
  @keyframes turn {
    to {
      transform: rotate(360deg);
    }
  }
  .engine:hover:not(:disabled) {
    background: var(--mk-hover);
  }
  .engine:disabled {
    cursor: default;
  }
  .share {
    color: var(--mk-accent-ink);
  }
  @container (max-width: 997px) {
    .provider {
      display: none;
    }
  }
  .menu {
    width: 380px;
    max-width: calc(100vw - 16px);
    max-height: 70vh;
    box-sizing: border-box;
    overflow: auto;
    padding: 12px;
    border: 0;
    border-radius: 6px;
    background: var(--mk-bg);
    color: var(--mk-text);
    font: 12px/16px var(--mk-font);
    box-shadow:
      0 4px 16px rgba(0, 0, 0, 0.28),
      0 0 0 1px var(--mk-line);
  }
  h2 {
    margin: 0 0 8px;
    font: 600 13px/16px var(--mk-font);
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px 0;
    border-top: 1px solid var(--mk-line);
  }
  .what {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-width: 0;
    color: var(--mk-text2);
  }
  .what b {
    color: var(--mk-text);
    font-weight: 600;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-top: 4px;
    color: var(--mk-text);
  }
  .check input {
    margin: 0;
    accent-color: var(--mk-primary);
  }
  .progress {
    display: flex;
    flex-direction: column;
    gap: 4px;
    margin-top: 4px;
    color: var(--mk-text);
  }
  progress {
    width: 100%;
    height: 6px;
    accent-color: var(--mk-primary);
  }
  .here {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--mk-accent-ink);
    white-space: nowrap;
  }
  .providers {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 0 4px;
    border-top: 1px solid var(--mk-line);
  }
  select {
    font: inherit;
    color: inherit;
    background: var(--mk-bg);
    border: 1px solid var(--mk-line3);
    border-radius: 3px;
    height: 26px;
  }
  details {
    margin-top: 8px;
  }
  .note,
  .why {
    margin: 8px 0 0;
    color: var(--mk-text2);
  }
`;
