import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { controls } from '../theme';
import { eventAt, valueText } from '../timeline';
import type { FeatureLane } from '../timeline';

/** The features of the chosen object. */
export class FeaturesPanel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        overflow: auto;
        scrollbar-width: thin;
        background: var(--mk-bg);
      }
      h2 {
        display: flex;
        align-items: center;
        height: 34px;
        margin: 0;
        padding: 0 10px;
        font-size: 12px;
        font-weight: 600;
        background: var(--mk-bar);
        border-bottom: 1px solid var(--mk-line);
      }
      p {
        margin: 0;
        padding: 10px 12px;
        color: var(--mk-text2);
        font-size: 12px;
        line-height: 17px;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 6px 8px;
        margin: 0;
        padding: 8px 10px;
        font-size: 12px;
      }
      dt {
        color: var(--mk-text2);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) lanes: readonly FeatureLane[] = [];
  @property({ type: Number }) frame = 0;
  /** The chosen object's name; null while there is none. */
  @property({ attribute: false }) objectName: string | null = null;

  override render(): TemplateResult {
    return html`<h2><span class="cut">Features${this.objectName ? ` of ${this.objectName}` : ''}</span></h2>
      ${
        this.lanes.length === 0
          ? html`<p>
              No feature yet. A feature is a value of an object over time; a cell defines one with
              session.features.add().
            </p>`
          : html`<dl>
              ${this.lanes.map(
                (lane) =>
                  html`<dt class="cut">${lane.feature.name}</dt>
                    <dd class="cut">${valueText(eventAt(lane, this.frame)?.value ?? null)}</dd>`,
              )}
            </dl>`
      }`;
  }
}
