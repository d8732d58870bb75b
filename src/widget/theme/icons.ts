import { svg, html } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

/** Drawings on a grid of 16 × 16, stroked with 1.5 in the text's colour; `solid` parts are filled. */
const drawings = {
  select: svg`<path d="M3.5 2.5l9.2 4.1-4.1 1.3-1.4 4.2z"/>`,
  point: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5.6v4.8M5.6 8h4.8"/>`,
  pointMinus: svg`<circle cx="8" cy="8" r="5.5"/><path d="M5.6 8h4.8"/>`,
  box: svg`<path stroke-dasharray="2.3 2" d="M3 4h10v8H3z"/><path class="solid" d="M1.6 2.6h2.8v2.8H1.6zM11.6 10.6h2.8v2.8h-2.8z"/>`,
  brush: svg`<path d="M13 2.5c-3 1.5-5 3.8-6 6l1.5 1.500c2.2-1 4.5-3 6-6zM6.5 9.300c-2 .2-2.3 1.7-2.4 2.8-.1.8-.6 1.3-1.6 1.4 2.3.9 5 .3 5.4-2.700z"/>`,
  lasso: svg`<path stroke-dasharray="2.6 1.8" d="M8 2.800c3.3 0 5.8 1.7 5.8 3.900S11.3 10.6 8 10.6 2.2 8.9 2.2 6.7 4.7 2.8 8 2.800z"/><path d="M4.8 10c-1.3.7-1.3 2.2.2 2.4 1.2.2 1.5 1 .9 1.6"/>`,
  sign: svg`<path d="M3 4.8h4M5 2.8v4M9 11.2h4M11.8 3.2l-7.6 9.6"/>`,
  original: svg`<rect x="2" y="3" width="12" height="10" rx="1"/><path d="M2.4 11.3l3.6-3 2.4 1.8 2.6-2.8 2.6 2.8"/>`,
  prompts: svg`<rect x="2" y="3" width="12" height="10" rx="1"/><circle class="solid" cx="5.8" cy="6.8" r="1.3"/><circle class="solid" cx="10.4" cy="9.4" r="1.3"/>`,
  overlay: svg`<rect x="2" y="3" width="12" height="10" rx="1"/><circle cx="8" cy="8" r="2.8"/><path d="M6.4 9.8l3.3-3.5"/>`,
  masks: svg`<rect x="2" y="3" width="12" height="10" rx="1"/><circle class="solid" cx="8" cy="8" r="3"/>`,
  alarmAbsence: svg`<circle cx="8" cy="8" r="5"/><path d="M4.5 11.5l7-7"/>`,
  alarmDrift: svg`<path d="M5 11l7-7M7.500 4H12v4.500"/><circle class="solid" cx="4" cy="12" r="1.500"/>`,
  alarmSeam: svg`<path stroke-dasharray="2 1.800" d="M8 1.500v13"/><path d="M1.500 8h4M10.500 8h4"/>`,
  alarmDisagreement: svg`<path d="M2.500 4.500L6 8l-3.500 3.500M13.500 4.500L10 8l3.500 3.500"/>`,
  eye: svg`<path d="M1.5 8S4 3.9 8 3.9 14.5 8 14.5 8 12 12.1 8 12.1 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.9"/>`,
  eyeOff: svg`<path d="M3.3 5.6C2.1 6.7 1.5 8 1.5 8S4 12.1 8 12.1c.9 0 1.7-.2 2.4-.5M6 4.2c.6-.2 1.3-.3 2-.3 4 0 6.5 4.1 6.5 4.1s-.6 1.1-1.7 2.2M2.6 2.6l10.8 10.8"/>`,
  play: svg`<path class="solid" d="M5 3v10l8-5z"/>`,
  playBack: svg`<path class="solid" d="M11 3v10L3 8z"/>`,
  pause: svg`<path class="solid" d="M4.5 3H7v10H4.5zM9 3h2.5v10H9z"/>`,
  next: svg`<path d="M6 4l4 4-4 4"/>`,
  previous: svg`<path d="M10 4L6 8l4 4"/>`,
  nextPrompt: svg`<path d="M3 4l4 4-4 4"/><path class="solid" d="M11.5 4.8L14.7 8l-3.2 3.2L8.3 8z"/>`,
  previousPrompt: svg`<path d="M13 4L9 8l4 4"/><path class="solid" d="M4.5 4.8L7.7 8l-3.2 3.2L1.3 8z"/>`,
  down: svg`<path d="M4.5 6.5L8 10l3.5-3.5"/>`,
  forward: svg`<path d="M3 8h10M9.2 4.2L13 8l-3.8 3.8"/>`,
  backward: svg`<path d="M13 8H3M6.8 4.2L3 8l3.8 3.8"/>`,
  both: svg`<path d="M2.5 8h11M5.3 5.2L2.5 8l2.8 2.8M10.7 5.2L13.5 8l-2.8 2.8"/>`,
  range: svg`<path d="M3 3v10M13 3v10M5.4 8h5.2"/>`,
  plus: svg`<path d="M8 3.5v9M3.5 8h9"/>`,
  minus: svg`<path d="M3.5 8h9"/>`,
  fit: svg`<path d="M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3"/><rect x="5.5" y="6" width="5" height="4"/>`,
  check: svg`<path d="M3 8.5l3.2 3.2L13 5"/>`,
  close: svg`<path d="M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6"/>`,
  warning: svg`<path d="M8 2.5L14.3 13H1.7z"/><path d="M8 6.6v2.9"/><path class="solid" d="M7.25 10.6h1.5v1.5h-1.5z"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.4v3.4"/><path class="solid" d="M7.25 4.6h1.5v1.5h-1.5z"/>`,
  unplugged: svg`<path d="M6 2.5v3M10 2.5v3M4 5.5h8V8a4 4 0 01-8 0zM8 12v2"/>`,
  stop: svg`<rect class="solid" x="4" y="4" width="8" height="8" rx="1"/>`,
  more: svg`<path class="solid" d="M2.5 7h2v2h-2zM7 7h2v2H7zM11.5 7h2v2h-2z"/>`,
  trash: svg`<path d="M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 9h5.8l.6-9"/>`,
  pen: svg`<path d="M3 13l.6-2.6L11 3l2 2-7.4 7.4z"/>`,
  promptHere: svg`<path class="solid" d="M8 3l5 5-5 5-5-5z"/>`,
  promptAway: svg`<path d="M8 3.5L12.5 8 8 12.5 3.5 8z"/>`,
  absent: svg`<path stroke-dasharray=".1 3" d="M2 8h12"/>`,
  panel: svg`<rect x="2" y="3" width="12" height="10" rx="1"/><path d="M10 3v10"/>`,
  fullScreen: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>`,
  keys: svg`<rect x="1.5" y="4" width="13" height="8" rx="1"/><path d="M4 6.5h.1M6.7 6.5h.1M9.3 6.5h.1M12 6.5h.1M5.5 9.5h5"/>`,
  undo: svg`<path d="M6 3.5L2.8 6.7 6 9.9M3 6.700h6.2a3.5 3.5 0 010 7H6.5"/>`,
  redo: svg`<path d="M10 3.500l3.2 3.200L10 9.900M13 6.700H6.800a3.5 3.5 0 000 7h2.7"/>`,
  lock: svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1"/><path d="M5.5 7V5a2.5 2.5 0 015 0v2"/>`,
  unlock: svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1"/><path d="M5.5 7V4.800a2.500 2.500 0 014.900-.7"/>`,
  swap: svg`<path d="M3 5.500h9M9.500 3L12 5.500 9.500 8M13 10.500H4M6.500 8L4 10.500 6.500 13"/>`,
  split: svg`<path d="M2.500 8h4M6.500 8l5-4M6.500 8l5 4M9 3.600l2.700.2-.6 2.600M9 12.400l2.700-.2-.6-2.600"/>`,
  merge: svg`<path d="M13.500 8H8M8 8L3 4M8 8l-5 4M11 5.500L13.500 8 11 10.500"/>`,
  up: svg`<path d="M4.500 9.500L8 6l3.500 3.500"/>`,
  grip: svg`<path class="solid" d="M5 3h2v2H5zM9 3h2v2H9zM5 7h2v2H5zM9 7h2v2H9zM5 11h2v2H5zM9 11h2v2H9z"/>`,
  pulse: svg`<path d="M1.5 8h3l2-4.5 3 9 2-4.500h3"/>`,
  guide: svg`<circle cx="8" cy="8" r="6"/><path d="M6.2 6.4a1.8 1.8 0 113 1.3c-.7.6-1.2.9-1.2 1.8"/><path class="solid" d="M7.25 11h1.5v1.5h-1.5z"/>`,
  settings: svg`<circle cx="8" cy="8" r="2"/><path d="M8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M3.8 12.2l1.4-1.4M10.8 5.2l1.4-1.4"/>`,
  film: svg`<rect x="2" y="3" width="12" height="10" rx="1"/><path d="M5 3v10M11 3v10M2 6.3h3M2 9.7h3M11 6.3h3M11 9.7h3"/>`,
} satisfies Record<string, SVGTemplateResult>;

/** The name of a drawing. */
export type IconName = keyof typeof drawings;

/** A drawing beside a name that says the same: it is not spoken. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${drawings[name]}</svg>`;
}
