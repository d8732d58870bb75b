import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { objectColors } from '../../annotation';
import type { ObjectRecord } from '../../annotation';

/** Colour and number in one. */
export function swatch(object: ObjectRecord): TemplateResult {
  return html`<span
    class="swatch ${object.number > objectColors.length ? 'again' : ''}"
    style=${`--object: ${object.color}`}
    >${object.number}</span
  >`;
}
