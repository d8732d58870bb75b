import { css } from 'lit';
import type { CSSResult } from 'lit';

/** The stage's looks. */
export const stageStyles: CSSResult = css`
  :host {
    position: relative;
    display: block;
    background: var(--mk-stage);
    overflow: hidden;
    min-width: 0;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    display: block;
    touch-action: none;
    outline: none;
  }
  canvas:focus-visible {
    outline: 2px solid var(--mk-accent);
    outline-offset: -2px;
  }
  .hud {
    position: absolute;
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 2px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--mk-bar) 94%, transparent);
    box-shadow:
      0 1px 4px rgba(0, 0, 0, 0.3),
      0 0 0 1px var(--mk-line);
  }
  .zoom {
    right: 8px;
    bottom: 8px;
  }
  .zoom .size {
    min-width: 52px;
    height: 24px;
    padding: 0 4px;
    border-radius: 4px;
    font-size: 12px;
    text-align: center;
  }
  .zoom .size:hover {
    background: var(--mk-hover);
  }
  .drawing {
    gap: 6px;
    padding: 2px 8px 2px 2px;
    font-size: 12px;
  }
  .drawing .sign {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 24px;
    padding: 0 6px;
    border-radius: 4px;
  }
  .drawing .sign:hover {
    background: var(--mk-hover);
  }
  .drawing output {
    min-width: 42px;
    text-align: right;
  }
  .corner {
    position: absolute;
    left: 8px;
    top: 8px;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 6px;
  }
  .corner .hud {
    position: static;
  }
  .follow button {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 24px;
    padding: 0 8px 0 4px;
    font-size: 12px;
    border-radius: 4px;
  }
  .follow button:hover {
    background: var(--mk-hover);
  }
  .follow .box {
    display: grid;
    place-items: center;
    width: 16px;
    height: 16px;
    border: 1px solid var(--mk-line2);
    border-radius: 3px;
  }
  .follow [aria-pressed='true'] .box {
    border-color: var(--mk-primary);
    background: var(--mk-primary);
    color: #fff;
  }
  .follow .box svg {
    width: 12px;
    height: 12px;
    stroke-width: 2;
  }
  .tip {
    position: absolute;
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 0 6px;
    border-radius: 3px;
    background: rgba(0, 0, 0, 0.82);
    color: #fff;
    font-size: 11px;
    line-height: 18px;
    white-space: nowrap;
    pointer-events: none;
  }
  .tip.waits::before {
    content: '';
    width: 9px;
    height: 9px;
    border: 2px solid #fff;
    border-right-color: transparent;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  .waiting {
    left: 50%;
    top: 50%;
    transform: translate(-50%, -50%);
  }
  .hint {
    position: absolute;
    left: 50%;
    top: 12px;
    transform: translateX(-50%);
    padding: 6px 12px;
    border-radius: 4px;
    background: rgba(0, 0, 0, 0.78);
    color: #fff;
    font-size: 12px;
    line-height: 17px;
    pointer-events: none;
    max-width: calc(100% - 32px);
    width: max-content;
  }
  @keyframes turn {
    to {
      transform: rotate(360deg);
    }
  }
`;
