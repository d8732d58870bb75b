import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ObjectRecord } from '../../annotation';
import type { Forecast, RunDirection, RunView, WaitingRun } from '../../protocol';
import { keyHint, sendCommand } from '../commands';
import type { Command, RunScope } from '../commands';
import { controls, counted, duration, grouped, icon } from '../theme';
import type { IconName } from '../theme';
import { swatch } from './swatch';
import { openPopover } from './open-popover';
import { moveInGroup } from './roving-group';
import { runDeckStyles } from './run-deck-styles';
import { directions, runWords } from './run-words';

/**
 * What to propagate, with its forecast; while a run goes, its progress, what waits and Cancel are in the same place.
 */
export class RunDeck extends LitElement {
  static override styles = [controls, runDeckStyles];

  @property({ attribute: false }) run: RunView | null = null;
  /** Runs that wait, the next first. */
  @property({ attribute: false }) waiting: readonly WaitingRun[] = [];
  /** The run that would be asked for now waits already. */
  @property({ type: Boolean }) waitsAlready = false;
  @property({ attribute: false }) allObjects: readonly ObjectRecord[] = [];
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
  @query('.menu.scopes') private readonly menu!: HTMLElement;
  @query('.menu.queue') private readonly queueMenu!: HTMLElement;

  override render(): TemplateResult {
    return this.run ? this.#progress(this.run) : this.#choices();
  }

  #choices(): TemplateResult {
    const why = this.editable ? this.obstacle : 'Editing is off.';
    return html`
      ${this.#directions()} ${this.#rangeToggle()}
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

  #directions(): TemplateResult {
    return html`<div class="segments" role="radiogroup" aria-label="Direction" @keydown=${moveInGroup}>
      ${directions.map((one) => this.#directionButton(one.direction, one.name, one.drawing))}
    </div>`;
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
      <div class="menu scopes" popover="auto" role="group" aria-label="Objects to propagate">
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
    const { way, what } = runWords(run, this.allObjects);
    const share = run.total === 0 ? 0 : run.done / run.total;
    const rate = run.framesPerSecond;
    return html`
      <div class="progress">
        <div class="words">
          <span class="cut" title=${`${way} · ${what}`}><b>${way}</b> · ${what}</span>
          <span class="cut numbers">
            <b>${grouped(run.done)}</b> / ${grouped(run.total)}
            ${rate === null ? '' : html`<span class="rate">· ${rate.toFixed(1)} frames/s</span>`}
            ${run.secondsLeft === null ? '' : html`· ${duration(run.secondsLeft)} left`}
          </span>
        </div>
        <div
          class="bar"
          role="progressbar"
          aria-label=${run.checks ? 'Check' : 'Propagation'}
          aria-valuemin="0"
          aria-valuemax=${run.total}
          aria-valuenow=${run.done}
        >
          <i style=${`width: ${(share * 100).toFixed(1)}%`}></i>
        </div>
      </div>
      ${this.#queue()}
      <button
        class="button cancel"
        ?disabled=${this.cancelling || !this.editable}
        title=${
          this.waiting.length === 0
            ? 'Cancel, keep what is done (Shift+Escape)'
            : 'Cancel this run, keep what is done; the next begins (Shift+Escape)'
        }
        @click=${() => sendCommand(this, { do: 'cancel-run' })}
      >
        ${icon('stop')}${this.cancelling ? 'Cancelling …' : 'Cancel'}
      </button>
    `;
  }

  /** What waits, and another run after or instead of the one under way. */
  #queue(): TemplateResult {
    const count = this.waiting.length;
    return html`<button
        class="waits"
        aria-haspopup="true"
        title="What runs next"
        @click=${(event: Event) => openPopover(this.queueMenu, event.currentTarget as HTMLElement)}
      >
        ${count === 0 ? 'Next' : `${count} waiting`}${icon('down')}
      </button>
      <div class="menu queue" popover="auto" role="group" aria-label="What runs next" tabindex="-1">
        ${
          count === 0
            ? ''
            : html`<ol>
                ${this.waiting.map((one, i) => this.#waitingRow(one, i))}
              </ol>`
        }
        ${this.#another()}
      </div>`;
  }

  #waitingRow(waits: WaitingRun, at: number): TemplateResult {
    const { way, what } = runWords(waits, this.allObjects);
    const words = `${way} · ${what}`;
    const act = (command: Command): void => {
      // The button goes with its row: the focus stays in the list.
      this.queueMenu.focus();
      sendCommand(this, command);
    };
    return html`<li>
      <span class="place">${at + 1}</span><span class="cut" title=${words}><b>${way}</b> · ${what}</span>
      <button
        class="button"
        ?disabled=${!this.editable}
        title="Begin now, in the place of the run under way; what that has done is kept"
        aria-label=${`Begin now: ${words}`}
        @click=${() => act({ do: 'start-run-now', runId: waits.id })}
      >
        Now
      </button>
      <button
        class="icon-button small"
        ?disabled=${!this.editable}
        title="Take it out of the queue"
        aria-label=${`Take out of the queue: ${words}`}
        @click=${() => act({ do: 'drop-run', runId: waits.id })}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  #another(): TemplateResult {
    const why = this.editable ? this.obstacle : 'There is no kernel.';
    const waits = this.waitsAlready ? 'The same run waits already.' : null;
    return html`<div class="another">
      <span class="title">Another run</span>
      <div class="row">
        ${this.#directions()} ${this.#rangeToggle()} ${this.objects.length > 1 ? this.#scopeMenu() : ''}
      </div>
      <p class="note">${why ?? waits ?? 'It starts from what is there when its turn comes.'}</p>
      <div class="row ends">
        <button
          class="button"
          ?disabled=${why !== null}
          title="End the run under way, keep what it has done, and begin this one"
          @click=${() => sendCommand(this, { do: 'propagate', replaces: true })}
        >
          Replace this run
        </button>
        <button
          class="button primary"
          ?disabled=${why !== null || waits !== null}
          title=${`Begin it after ${this.waiting.length === 0 ? 'this run' : 'those that wait'}`}
          @click=${() => sendCommand(this, { do: 'propagate' })}
        >
          Wait for its turn
        </button>
      </div>
    </div>`;
  }
}
