import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FeatureRecord, FeatureValue } from '../../annotation';
import { sendCommand } from '../commands';
import { controls, icon } from '../theme';
import { eventAt } from '../timeline';
import type { FeatureLane } from '../timeline';
import type { FeatureForm } from './feature-form';
import { featuresPanelStyles } from './features-panel-styles';

/** The features of the chosen object: their values on the frame in sight, and where they change. */
export class FeaturesPanel extends LitElement {
  static override styles = [controls, featuresPanelStyles];

  @property({ attribute: false }) features: readonly FeatureRecord[] = [];
  /** The chosen object's values; empty while there is no object. */
  @property({ attribute: false }) lanes: readonly FeatureLane[] = [];
  @property({ type: Number }) frame = 0;
  /** The chosen object's name; null while there is none. */
  @property({ attribute: false }) objectName: string | null = null;
  @property({ type: Boolean }) editable = true;
  @query('masklet-feature-form') private readonly form!: FeatureForm;

  override render(): TemplateResult {
    return html`
      <div class="header">
        <h2 class="cut">Features${this.objectName === null ? '' : ` of ${this.objectName}`}</h2>
        <button
          class="icon-button small"
          aria-label="New feature"
          title="New feature"
          aria-haspopup="dialog"
          ?disabled=${!this.editable}
          @click=${(event: Event) => void this.form.open(event.currentTarget as HTMLElement, null)}
        >
          ${icon('plus')}
        </button>
      </div>
      <div class="list" role="list" aria-label="Features">
        ${repeat(
          this.features,
          (one) => one.id,
          (one) => this.#row(one),
        )}
      </div>
      ${this.features.length === 0 ? html`<p>${this.#emptyText()}</p>` : ''}
      ${
        this.features.length > 0 && this.objectName === null
          ? html`<p>They have values once there is an object.</p>`
          : ''
      }
      <masklet-feature-form .features=${this.features}></masklet-feature-form>
    `;
  }

  #emptyText(): string {
    const what = 'No feature yet. A feature is a value that objects have over time, such as a behaviour.';
    return this.editable ? `${what} Press + to define one.` : what;
  }

  #row(feature: FeatureRecord): TemplateResult {
    const lane = this.lanes.find((one) => one.feature.id === feature.id);
    const event = lane ? eventAt(lane, this.frame) : null;
    return html`<div class="row" role="listitem">
      <button
        class="name cut"
        aria-label=${`Edit the feature ${feature.name}`}
        title=${`${feature.name}: edit or delete`}
        aria-haspopup="dialog"
        ?disabled=${!this.editable}
        @click=${(pressed: Event) => void this.form.open(pressed.currentTarget as HTMLElement, feature)}
      >
        ${feature.name}
      </button>
      ${
        lane
          ? html`<masklet-feature-value
                .feature=${feature}
                .objectId=${lane.objectId}
                .frame=${this.frame}
                .value=${event?.value ?? null}
                .editable=${this.editable}
              ></masklet-feature-value>
              ${this.#changeButtons(lane, event !== null && event.first === this.frame, event?.value ?? null)}`
          : ''
      }
    </div>`;
  }

  #changeButtons(lane: FeatureLane, here: boolean, value: FeatureValue | null): TemplateResult {
    const { feature } = lane;
    const frames = lane.events.map((one) => one.first);
    const way = (by: 1 | -1): TemplateResult =>
      html`<button
        class="icon-button small"
        aria-label=${`${by === 1 ? 'Next' : 'Previous'} change of ${feature.name}`}
        title=${by === 1 ? 'Next change' : 'Previous change'}
        ?disabled=${!frames.some((frame) => (frame - this.frame) * by > 0)}
        @click=${() => sendCommand(this, { do: 'go-to-change', featureId: feature.id, way: by })}
      >
        ${icon(by === 1 ? 'next' : 'previous')}
      </button>`;
    return html`<span class="changes">
      ${way(-1)}
      <button
        class="icon-button small diamond"
        aria-label=${`Change of ${feature.name} on this frame`}
        title=${here ? 'It changes here: take the change away' : 'Set a change here'}
        aria-pressed=${here}
        ?disabled=${!this.editable}
        @click=${(event: Event) => this.#toggle(event, lane, here, value)}
      >
        ${icon(here ? 'promptHere' : 'promptAway')}
      </button>
      ${way(1)}
    </span>`;
  }

  /** Sets a change here with the value that holds, or the first that there can be; else asks for one in the field. */
  #toggle(event: Event, { feature, objectId }: FeatureLane, here: boolean, value: FeatureValue | null): void {
    const first = { choice: feature.options[0] ?? null, boolean: true, number: null, text: null }[
      feature.type
    ];
    const next = value ?? first;
    if (!here && next === null) {
      const row = (event.currentTarget as HTMLElement).closest('.row');
      const field = row?.querySelector('masklet-feature-value')?.shadowRoot?.querySelector('input');
      return void field?.focus();
    }
    sendCommand(this, {
      do: 'set-feature',
      featureId: feature.id,
      objectId,
      frame: this.frame,
      change: here ? null : { value: next },
    });
  }
}
