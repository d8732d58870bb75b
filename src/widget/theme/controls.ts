import { css } from 'lit';
import type { CSSResult } from 'lit';

/** Buttons, fields, segments and sliders: the same in every element. */
export const controls: CSSResult = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button {
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--mk-accent);
    outline-offset: -2px;
    border-radius: 3px;
  }
  svg.icon {
    width: 16px;
    height: 16px;
    flex: none;
    display: block;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  svg.icon .solid {
    fill: currentColor;
    stroke: none;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 4px;
    flex: none;
  }
  .icon-button.small {
    width: 24px;
    height: 24px;
  }
  .icon-button:hover:not(:disabled),
  .button:hover:not(:disabled):not(.primary) {
    background: var(--mk-hover);
  }
  .icon-button[aria-pressed='true'] {
    background: var(--mk-tint);
    color: var(--mk-accent-ink);
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    height: 28px;
    padding: 0 10px;
    border-radius: 4px;
    border: 1px solid var(--mk-line3);
    white-space: nowrap;
    flex: none;
  }
  .button.primary {
    background: var(--mk-primary);
    border-color: var(--mk-primary);
    color: #fff;
    font-weight: 600;
  }
  .button.primary:hover:not(:disabled) {
    filter: brightness(1.08);
  }
  .button.primary:focus-visible,
  [aria-pressed='true']:focus-visible {
    outline-offset: 1px;
  }
  .button.danger {
    border-color: var(--mk-err);
    color: var(--mk-err);
  }
  button:disabled,
  .button.primary:disabled {
    color: var(--mk-text3);
    border-color: transparent;
    cursor: default;
  }
  .button:disabled {
    background: var(--mk-press);
  }
  .segments {
    display: inline-flex;
    border: 1px solid var(--mk-line3);
    border-radius: 4px;
    overflow: hidden;
    flex: none;
  }
  .segments button {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    height: 26px;
    padding: 0 9px;
    font-size: 12px;
    white-space: nowrap;
  }
  .segments button + button {
    border-left: 1px solid var(--mk-line);
  }
  .segments button:hover:not(:disabled) {
    background: var(--mk-hover);
  }
  .segments [aria-checked='true'],
  .segments [aria-pressed='true'] {
    background: var(--mk-tint);
    color: var(--mk-accent-ink);
    font-weight: 600;
    box-shadow: inset 0 -2px 0 var(--mk-accent);
  }
  .segments button:disabled {
    background: none;
    box-shadow: none;
    color: var(--mk-text3);
  }
  .field {
    height: 26px;
    border: 1px solid var(--mk-line2);
    border-radius: 3px;
    padding: 0 6px;
    background: var(--mk-bg);
    min-width: 0;
  }
  select.quiet {
    appearance: none;
    height: 28px;
    border: 1px solid transparent;
    border-radius: 4px;
    padding: 0 22px 0 6px;
    font-size: 12px;
    cursor: pointer;
    background: no-repeat right 6px center / 10px linear-gradient(45deg, transparent 50%, currentColor 50%);
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-size: 4px 4px;
    background-position:
      right 11px top 12px,
      right 7px top 12px;
  }
  select.quiet:hover {
    background-color: var(--mk-hover);
  }
  select option {
    background: var(--mk-bg);
    color: var(--mk-text);
  }
  input[type='range'] {
    appearance: none;
    height: 24px;
    background: none;
    width: 72px;
    cursor: pointer;
  }
  input[type='range']::-webkit-slider-runnable-track {
    height: 3px;
    border-radius: 2px;
    background: linear-gradient(
      90deg,
      var(--mk-accent) var(--filled, 50%),
      var(--mk-line2) var(--filled, 50%)
    );
  }
  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: var(--mk-bg);
    border: 2px solid var(--mk-accent);
    margin-top: -4.5px;
  }
  input[type='range']::-moz-range-track {
    height: 3px;
    border-radius: 2px;
    background: linear-gradient(
      90deg,
      var(--mk-accent) var(--filled, 50%),
      var(--mk-line2) var(--filled, 50%)
    );
  }
  input[type='range']::-moz-range-thumb {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--mk-bg);
    border: 2px solid var(--mk-accent);
  }
  kbd {
    display: inline-block;
    min-width: 18px;
    height: 18px;
    padding: 0 4px;
    border: 1px solid var(--mk-line2);
    border-bottom-width: 2px;
    border-radius: 3px;
    font: 11px/14px var(--mk-font);
    text-align: center;
  }
  .swatch {
    width: 18px;
    height: 18px;
    border-radius: 3px;
    background: var(--object);
    color: #000;
    font: 700 11px/18px var(--mk-font);
    text-align: center;
    flex: none;
    box-shadow: inset 0 0 0 1px rgba(0, 0, 0, 0.35);
    forced-color-adjust: none;
  }
  .swatch.again {
    border-bottom: 2px dashed rgba(0, 0, 0, 0.6);
    line-height: 17px;
  }
  .bar {
    height: 6px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--mk-ink) 20%, transparent);
    overflow: hidden;
  }
  .bar i {
    display: block;
    height: 100%;
    border-radius: 3px;
    background: var(--mk-accent);
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  .spoken {
    position: absolute;
    clip-path: inset(50%);
    width: 1px;
    height: 1px;
    overflow: hidden;
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .segments [aria-checked='true'],
    .segments [aria-pressed='true'],
    .icon-button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
    .bar {
      background: GrayText;
    }
    .bar i {
      background: Highlight;
    }
    .bar,
    input[type='range'] {
      forced-color-adjust: none;
    }
    input[type='range'] {
      --mk-accent: Highlight;
      --mk-line2: GrayText;
      --mk-bg: Canvas;
    }
  }
`;
