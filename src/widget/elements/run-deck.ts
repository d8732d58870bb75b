import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ObjectRecord } from '../../annotation';
import type { Forecast, RunDirection, RunView } from '../../protocol';
import { keyHint, sendCommand } from '../commands';
import type { RunScope } from '../commands';
import { controls, counted, duration, grouped, icon } from '../theme';
import type { IconName } from '../theme';
import { swatch } from './swatch';
import { openPopover } from './open-popover';
import { moveInGroup } from './roving-group';
import { runDeckStyles } from './run-deck-styles';

const directions: readonly { direction: RunDirection; name: string; drawing: IconName }[] = [
  { direction: 'backward', name: 'Backward', drawing: 'backward' },
  { direction: 'both', name: 'Both', drawing: 'both' },
  { direction: 'forward', name: 'Forward', drawing: 'forward' },
];

/** What to propagate, with its forecast; while a run goes, its progress and Cancel are in the same place. */
export class RunDeck extends LitElement {
  static override styles = [controls, runDeckStyles];

  @property({ attribute: false }) run: RunView | null = null;
  @property({ attribute: false }) forecast: Forecast | null = null;
  @property() direction: RunDirection = 'forward';
  @property({ attribute: false }) scope: RunScope = 'all';
  /** Objects that have prompts. */
  @property({ attribute: false }) objects: readonly ObjectRecord[] = [];
  @property({ attribute: false }) range: readonly [number, number] | null = null;
  /** Why nothing can be propagated; null when it can. */
  @property() obstacle: string | null = null;
  @property({ type: Boolean }) starting = false;
  @property({ type: Boolean }) cancelling = false;
  @property({ type: Boolean }) editable = true;
  @query('.menu') private readonly menu!: HTMLElement;

  override render(): TemplateResult {
    return this.run ? this.#progress(this.run) : this.#choices();
  }

  #choices(): TemplateResult {
    const why = this.editable ? this.obstacle : 'There is no kernel.';
    return html`
      <div class="segments" role="radiogroup" aria-label="Direction" @keydown=${moveInGroup}>
        ${directions.map((one) => this.#directionButton(one.direction, one.name, one.drawing))}
      </div>
      ${this.#rangeToggle()}
      <span class="forecast cut" title=${this.forecast?.text ?? why ?? ''}>
        <span class="short">${this.#forecastText(why)}</span>
        <span class="full">${why === null ? (this.forecast?.text ?? '') : this.#forecastText(why)}</span>
      </span>
      ${this.objects.length > 1 ? this.#scopeMenu() : ''}
      <button
        class="button primary"
        ?disabled=${why !== null}
        title=${why ?? this.forecast?.text ?? `Propagate (${keyHint({ do: 'propagate', direction: 'forward' })})`}
        @click=${() => sendCommand(this, { do: 'propagate' })}
      >
        ${this.starting ? 'Starting …' : 'Propagate'}${icon('next')}
      </button>
    `;
  }

  #directionButton(direction: RunDirection, name: string, drawing: IconName): TemplateResult {
    const key = keyHint({ do: 'propagate', direction });
    return html`<button
      role="radio"
      aria-checked=${direction === this.direction}
      aria-label=${name}
      title=${`${name} from the prompts (${key} starts it)`}
      tabindex=${direction === this.direction ? 0 : -1}
      ?disabled=${!this.editable}
      @click=${() => sendCommand(this, { do: 'set-direction', direction })}
    >
      ${icon(drawing)}<span>${name}</span>
    </button>`;
  }

  #rangeToggle(): TemplateResult {
    const words = this.range ? `${grouped(this.range[0])}–${grouped(this.range[1])}` : 'Range';
    return html`<div class="segments">
      <button
        aria-pressed=${this.range !== null}
        aria-label=${this.range ? `Only frames ${words}; press for the whole video` : 'Only a range of frames'}
        title=${
          this.range
            ? `Only frames ${words}; press for the whole video`
            : 'Only a range of frames: drag in the upper half of the ruler, or I and O'
        }
        @click=${() => this.#toggleRange()}
      >
        ${icon('range')}<span class=${this.range ? 'ends' : ''}>${words}</span>
      </button>
    </div>`;
  }

  #toggleRange(): void {
    if (this.range) return sendCommand(this, { do: 'set-range', range: null });
    this.dispatchEvent(new Event('masklet-suggest-range', { bubbles: true, composed: true }));
  }

  #forecastText(why: string | null): string {
    if (why !== null) return this.starting ? '' : why;
    if (!this.forecast) return '';
    const { frames, seconds } = this.forecast;
    const cost = seconds === null ? 'time not known yet' : `about ${duration(seconds)}`;
    return `${counted(frames, 'frame')}, ${cost}`;
  }

  #scopeMenu(): TemplateResult {
    const { scope } = this;
    const words =
      scope === 'all'
        ? 'All objects'
        : scope.length === 1
          ? (this.objects.find((one) => one.id === scope[0])?.name ?? '')
          : counted(scope.length, 'object');
    return html`<button
        class="scope"
        aria-haspopup="true"
        title="Objects to propagate"
        ?disabled=${!this.editable}
        @click=${(event: Event) => openPopover(this.menu, event.currentTarget as HTMLElement)}
      >
        <span class="cut">${words}</span>${icon('down')}
      </button>
      <div class="menu" popover="auto" role="group" aria-label="Objects to propagate">
        <label>
          <input
            type="checkbox"
            .checked=${scope === 'all'}
            @change=${() => sendCommand(this, { do: 'set-scope', scope: 'all' })}
          />
          All objects
        </label>
        <hr />
        ${this.objects.map((object) => this.#scopeItem(object))}
      </div>`;
  }

  #scopeItem(object: ObjectRecord): TemplateResult {
    const ids = this.scope === 'all' ? this.objects.map((one) => one.id) : this.scope;
    const chosen = ids.includes(object.id);
    const next = chosen ? ids.filter((id) => id !== object.id) : [...ids, object.id];
    return html`<label>
      <input
        type="checkbox"
        .checked=${chosen}
        ?disabled=${chosen && ids.length === 1}
        @change=${() =>
          sendCommand(this, {
            do: 'set-scope',
            scope: next.length === this.objects.length ? 'all' : next,
          })}
      />
      ${swatch(object)}<span class="cut">${object.name}</span>
    </label>`;
  }

  #progress(run: RunView): TemplateResult {
    const name = directions.find((one) => one.direction === run.direction)?.name ?? '';
    const share = run.total === 0 ? 0 : run.done / run.total;
    const rate = run.framesPerSecond;
    return html`
      <div class="progress">
        <div class="words">
          <span class="cut"><b>${name}</b> · ${counted(run.objectIds.length, 'object')}</span>
          <span class="cut numbers">
            <b>${grouped(run.done)}</b> / ${grouped(run.total)}
            ${rate === null ? '' : html`<span class="rate">· ${rate.toFixed(1)} frames/s</span>`}
            ${run.secondsLeft === null ? '' : html`· ${duration(run.secondsLeft)} left`}
          </span>
        </div>
        <div
          class="bar"
          role="progressbar"
          aria-label="Propagation"
          aria-valuemin="0"
          aria-valuemax=${run.total}
          aria-valuenow=${run.done}
        >
          <i style=${`width: ${(share * 100).toFixed(1)}%`}></i>
        </div>
      </div>
      <button
        class="button"
        ?disabled=${this.cancelling || !this.editable}
        title="Cancel, keep what is done (Shift+Escape)"
        @click=${() => sendCommand(this, { do: 'cancel-run' })}
      >
        ${icon('stop')}${this.cancelling ? 'Cancelling …' : 'Cancel'}
      </button>
    `;
  }
}
