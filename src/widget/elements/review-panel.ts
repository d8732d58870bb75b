import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { alarmKinds } from '../../annotation';
import type { AlarmKind, ObjectRecord } from '../../annotation';
import { emptyReview } from '../../protocol';
import type { AlarmView, ReviewView } from '../../protocol';
import { alarmKey, alarmNames, alarmQuestions } from '../../review';
import { sendCommand } from '../commands';
import type { AreaCurve } from '../controllers';
import { controls, grouped, icon } from '../theme';
import { alarmCard, alarmDrawings, frameWords, worthWords } from './alarm-card';
import { reviewPanelStyles } from './review-panel-styles';
import { swatch } from './swatch';

/** The height of a line of the list, and lines drawn beyond what is seen. */
const [lineHeight, beyond] = [28, 6];

/** What there is to review: kinds as switches, the open alarm with its evidence, the others in order of frame. */
export class ReviewPanel extends LitElement {
  static override styles = [controls, reviewPanelStyles];

  @property({ attribute: false }) review: ReviewView = emptyReview;
  /** The alarms of the kinds that are shown. */
  @property({ attribute: false }) alarms: readonly AlarmView[] = [];
  @property({ attribute: false }) open: AlarmView | null = null;
  /** How the object's size goes around the open alarm; null until it is known. */
  @property({ attribute: false }) curve: AreaCurve | null = null;
  /** Kinds that are left out. */
  @property({ attribute: false }) hiddenKinds: readonly AlarmKind[] = [];
  @property({ attribute: false }) objects: readonly ObjectRecord[] = [];
  @property({ type: Boolean }) editable = true;
  /** True where there are masks to look at. */
  @property({ type: Boolean }) hasMasks = false;
  @property({ attribute: false }) chosenId: string | null = null;
  /** Frames that a check keeps to; ends inclusive. */
  @property({ attribute: false }) range: readonly [number, number] | null = null;
  /** A check is under way or waits. */
  @property({ type: Boolean }) checking = false;
  @state() private scrolled = 0;
  @state() private room = 400;
  @query('.list') private readonly list!: HTMLElement | null;

  override render(): TemplateResult {
    const { alarms, open } = this;
    const at = open ? alarms.findIndex((one) => one === open) : -1;
    return html`
      <h2>
        <span>Review</span>
        <span class="count">
          ${alarms.length === 0 ? '' : `${at >= 0 ? grouped(at + 1) : '–'} of ${grouped(alarms.length)}`}
        </span>
        ${this.#stepButton('previous', 'Previous alarm', ',', -1)}
        ${this.#stepButton('next', 'Next alarm', '.', 1)}
      </h2>
      <div class="kinds" role="group" aria-label="Kinds of alarms">
        ${alarmKinds.filter((kind) => this.#mayCome(kind)).map((kind) => this.#kind(kind))}
      </div>
      ${this.hasMasks ? this.#check() : ''}
      ${
        open
          ? alarmCard({
              ...{ alarm: open, curve: this.curve, objects: this.objects, editable: this.editable },
              send: (command) => sendCommand(this, command),
            })
          : ''
      }
      ${this.#words()} ${alarms.length === 0 ? '' : this.#listTemplate()}
    `;
  }

  protected override updated(changes: PropertyValues): void {
    const { list } = this;
    if (!list) return;
    if (list.clientHeight > 0 && list.clientHeight !== this.room) this.room = list.clientHeight;
    if (!changes.has('open') || !this.open) return;
    const top = this.alarms.indexOf(this.open) * lineHeight;
    if (top < list.scrollTop || top + lineHeight > list.scrollTop + this.room)
      list.scrollTop = Math.max(0, top - lineHeight);
  }

  #stepButton(drawing: 'previous' | 'next', name: string, key: string, way: 1 | -1): TemplateResult {
    return html`<button
      class="icon-button small"
      aria-label=${name}
      title=${`${name} (${key})`}
      ?disabled=${this.alarms.length === 0}
      @click=${() => sendCommand(this, { do: 'step-alarm', way })}
    >
      ${icon(drawing)}
    </button>`;
  }

  /** A disagreement comes of a check alone: without one there is no switch for it. */
  #mayCome(kind: AlarmKind): boolean {
    return kind !== 'disagreement' || this.review.checked > 0 || this.review.counts[kind] > 0;
  }

  /** The check from the other side, for the chosen object and for all. */
  #check(): TemplateResult {
    const chosen = this.objects.find((one) => one.id === this.chosenId);
    const where = this.range ? `frames ${grouped(this.range[0])}–${grouped(this.range[1])}` : '';
    return html`<div class="check" role="group" aria-label="Check from the other side">
      ${chosen && this.objects.length > 1 ? this.#checkButton(`Check ${chosen.name}`, chosen.id) : ''}
      ${this.#checkButton(this.objects.length > 1 ? 'Check all' : 'Check', null)}
      ${where === '' ? '' : html`<span>${where}</span>`}
    </div>`;
  }

  #checkButton(words: string, objectId: string | null): TemplateResult {
    const title = this.checking
      ? 'A check is under way, or waits for its turn.'
      : `${words}: follows masks back from the other side and compares. Takes about as long as propagating; no mask changes.`;
    return html`<button
      class="button"
      title=${title}
      ?disabled=${!this.editable || this.checking}
      @click=${() => sendCommand(this, { do: 'check-masks', objectId })}
    >
      <span class="cut">${words}</span>
    </button>`;
  }

  #kind(kind: AlarmKind): TemplateResult {
    const on = !this.hiddenKinds.includes(kind);
    const count = this.review.counts[kind];
    return html`<button
      class="kind"
      aria-pressed=${on}
      title=${`${alarmNames[kind]}. ${alarmQuestions[kind]} ${worthWords(kind)}`}
      @click=${() => sendCommand(this, { do: 'show-alarms', kind, on: !on })}
    >
      ${icon(alarmDrawings[kind])}<span class="word">${alarmNames[kind]}</span> <b>${grouped(count)}</b>
    </button>`;
  }

  #words(): TemplateResult | '' {
    const { pending, counts, alarms } = this.review;
    const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const says = (words: string): TemplateResult => html`<p class="says" role="status">${words}</p>`;
    if (pending > 0) return says(`Looking through masks: ${grouped(pending)} frames to go.`);
    if (all > alarms.length)
      return says(
        `The first ${grouped(alarms.length)} of ${grouped(all)} alarms; accept or fix some to see more.`,
      );
    if (this.alarms.length > 0) return '';
    if (all > 0) return says('Every kind that has alarms is switched off above.');
    return says(
      this.hasMasks
        ? 'No alarms: nothing looks wrong by these rules. They do not find everything; play through it once.'
        : 'Nothing to review yet. Masks are looked at as soon as there are some.',
    );
  }

  #listTemplate(): TemplateResult {
    const { alarms } = this;
    const from = Math.max(0, Math.floor(this.scrolled / lineHeight) - beyond);
    const to = Math.min(alarms.length, Math.ceil((this.scrolled + this.room) / lineHeight) + beyond);
    return html`<div
      class="list"
      role="group"
      aria-label="Alarms"
      @scroll=${() => (this.scrolled = this.list!.scrollTop)}
    >
      <ul style=${`height: ${alarms.length * lineHeight}px`}>
        ${alarms.slice(from, to).map((alarm, i) => this.#line(alarm, from + i))}
      </ul>
    </div>`;
  }

  #line(alarm: AlarmView, index: number): TemplateResult {
    const object = this.objects.find((one) => one.id === alarm.objectId);
    const other = this.objects.find((one) => one.id === alarm.otherId);
    const names = other ? `${object?.name} and ${other.name}` : (object?.name ?? '');
    return html`<li
      style=${`top: ${index * lineHeight}px`}
      aria-setsize=${this.alarms.length}
      aria-posinset=${index + 1}
    >
      <button
        class="line"
        aria-current=${alarm === this.open}
        title=${`${alarmNames[alarm.kind]}, ${names}`}
        @click=${() => sendCommand(this, { do: 'open-alarm', key: alarmKey(alarm) })}
      >
        ${icon(alarmDrawings[alarm.kind])}<span class="spoken">${alarmNames[alarm.kind]}, </span>
        ${object ? swatch(object) : ''}
        <span class="cut">${other ? `${object?.name} ⇄ ${other.name}` : object?.name}</span>
        <span class="spoken">, ${frameWords(alarm).toLowerCase()}</span>
        <span class="frame" aria-hidden="true">${grouped(alarm.frame)}</span>
      </button>
    </li>`;
  }
}
