import { css } from 'lit';
import type { CSSResult } from 'lit';

/**
 * The colour roles of the widget, mixed from JupyterLab's own variables so that every theme works. Set once on the
 * workbench; the elements inside inherit them.
 */
export const tokens: CSSResult = css`
  :host {
    --mk-bg: var(--jp-layout-color1, #fff);
    --mk-ink: var(--jp-ui-font-color0, #000);
    --mk-bar: color-mix(in srgb, var(--jp-layout-color2, #eee) 40%, var(--mk-bg));
    --mk-stage: color-mix(in srgb, var(--mk-bg) 88%, #000);
    --mk-text: var(--jp-ui-font-color1, rgba(0, 0, 0, 0.87));
    --mk-text2: color-mix(in srgb, var(--mk-ink) 66%, transparent);
    --mk-text3: var(--jp-ui-font-color3, rgba(0, 0, 0, 0.38));
    --mk-line: var(--jp-border-color2, #e0e0e0);
    --mk-line2: color-mix(in srgb, var(--mk-ink) 48%, transparent);
    --mk-line3: color-mix(in srgb, var(--mk-ink) 28%, transparent);
    --mk-hover: color-mix(in srgb, var(--mk-ink) 8%, transparent);
    --mk-press: color-mix(in srgb, var(--mk-ink) 14%, transparent);
    --mk-accent: var(--jp-brand-color1, #1976d2);
    --mk-accent-ink: color-mix(in srgb, var(--mk-accent) 74%, var(--mk-ink));
    --mk-primary: color-mix(in srgb, var(--mk-accent) 80%, #000);
    --mk-tint: color-mix(in srgb, var(--mk-accent) 15%, transparent);
    --mk-warn-line: var(--jp-warn-color1, #f57c00);
    --mk-warn: color-mix(in srgb, var(--mk-warn-line) 62%, var(--mk-ink));
    --mk-warn-tint: color-mix(in srgb, var(--mk-warn-line) 14%, var(--mk-bg));
    --mk-err-line: var(--jp-error-color1, #d32f2f);
    --mk-err: color-mix(in srgb, var(--mk-err-line) 74%, var(--mk-ink));
    --mk-err-tint: color-mix(in srgb, var(--mk-err-line) 12%, var(--mk-bg));
    --mk-ok: var(--jp-success-color1, #388e3c);
    --mk-font: var(--jp-ui-font-family, system-ui, sans-serif);
    --mk-lane-edge: color-mix(in srgb, var(--mk-ink) 55%, transparent);
  }
`;
