import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ClassRecord, ObjectRecord } from '../../annotation';
import { sendCommand } from '../commands';
import { controls, icon } from '../theme';
import { spanText } from '../timeline';
import type { ObjectMenu } from './object-menu';
import type { ObjectStatus } from './object-status';
import { objectsPanelStyles } from './objects-panel-styles';
import { RowDrag } from './row-drag';
import { swatch } from './swatch';

/** An object as the panel shows it. */
export interface ObjectRow {
  readonly object: ObjectRecord;
  readonly status: ObjectStatus;
  /** Whether its masks are locked: over the whole video, on some frames, or nowhere. */
  readonly locked: 'whole' | 'part' | 'none';
  /** Frames that have a mask, to say what deleting takes away. */
  readonly maskCount: number;
}

/** What is being written in a row. */
type Writing = { readonly what: 'name' | 'class'; readonly objectId: string } | null;

/** The objects: choose, add, rename, class, recolour, order, hide, lock, merge, delete. */
export class ObjectsPanel extends LitElement {
  static override styles = [controls, objectsPanelStyles];

  @property({ attribute: false }) rows: readonly ObjectRow[] = [];
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @property() chosenId: string | null = null;
  @property({ attribute: false }) range: readonly [number, number] | null = null;
  @property({ type: Boolean }) editable = true;
  @state() private writing: Writing = null;
  @query('masklet-object-menu') private readonly menu!: ObjectMenu;
  @query('.writing') private readonly field!: HTMLInputElement | null;
  readonly #drag = new RowDrag();
  /** Whose row the focus goes back to when a field is left by a key. */
  #backTo: string | null = null;

  override render(): TemplateResult {
    const objects = this.rows.map((row) => row.object);
    return html`
      ${this.#header(objects)}
      <div class="list">
        <div role="list" aria-label="Objects" ?hidden=${this.rows.length === 0}>
          ${repeat(
            this.rows,
            (row) => row.object.id,
            (row, index) => this.#row(row, index),
          )}
        </div>
        ${
          this.rows.length === 0 && this.editable
            ? html`<p class="none">
                No object yet. Click on one in the picture, and it gets a name, a colour and a mask.
              </p>`
            : ''
        }
        <button
          class="add"
          ?disabled=${!this.editable}
          @click=${() => sendCommand(this, { do: 'new-object' })}
        >
          ${icon('plus')} New object <kbd aria-hidden="true">N</kbd>
        </button>
      </div>
      <masklet-object-menu
        .objects=${objects}
        .classes=${this.classes}
        @masklet-rename=${(event: CustomEvent<string>) => this.#write('name', event.detail)}
      ></masklet-object-menu>
    `;
  }

  protected override updated(changes: PropertyValues): void {
    if (changes.has('writing') && this.writing !== null) {
      this.field?.focus();
      this.field?.select();
    } else if (changes.has('writing') && this.#backTo !== null) {
      this.renderRoot.querySelector<HTMLElement>(`[data-object="${this.#backTo}"]`)?.focus();
      this.#backTo = null;
    }
    if (changes.has('chosenId')) this.#followChosen();
  }

  /** The chosen row comes into sight, and takes the focus over from the row that had it. */
  #followChosen(): void {
    const row = this.renderRoot.querySelector('[aria-current="true"]')?.closest('.row');
    row?.scrollIntoView?.({ block: 'nearest' });
    const focused = this.shadowRoot?.activeElement;
    const from = focused?.closest('.row');
    if (!row || !from || from === row || focused?.tagName === 'INPUT') return;
    const kind = [...(focused?.classList ?? [])].find((one) => ['choose', 'eye', 'padlock'].includes(one));
    row.querySelector<HTMLElement>(`.${kind ?? 'choose'}`)?.focus();
  }

  #header(objects: readonly ObjectRecord[]): TemplateResult {
    const others = this.rows.filter((row) => row.object.id !== this.chosenId);
    const alone = others.length > 0 && others.every((row) => row.object.hidden);
    const locked = others.length > 0 && others.every((row) => row.locked === 'whole');
    return html`<div class="header">
      <h2 class="spoken">Objects</h2>
      <masklet-class-menu
        .objects=${objects}
        .classes=${this.classes}
        .editable=${this.editable}
      ></masklet-class-menu>
      ${
        this.rows.length > 1
          ? html`<button
                class="icon-button small"
                aria-label="Show only the chosen object"
                title=${alone ? 'Show all objects' : 'Show only the chosen object'}
                aria-pressed=${alone}
                ?disabled=${!this.editable}
                @click=${() => sendCommand(this, { do: 'show-only-chosen', only: !alone })}
              >
                ${icon(alone ? 'eyeOff' : 'eye')}
              </button>
              <button
                class="icon-button small"
                aria-label="Lock all other objects"
                title=${locked ? 'Unlock all other objects' : 'Lock all but the chosen object'}
                aria-pressed=${locked}
                ?disabled=${!this.editable}
                @click=${() => sendCommand(this, { do: 'lock-others', on: !locked })}
              >
                ${icon(locked ? 'lock' : 'unlock')}
              </button>`
          : ''
      }
    </div>`;
  }

  #row(row: ObjectRow, index: number): TemplateResult {
    const { object, status } = row;
    const chosen = object.id === this.chosenId;
    const dropped = this.#drag.to === index && this.#drag.from !== index;
    const side = (this.#drag.from ?? 0) < index ? 'drop-below' : 'drop-above';
    const states = `${chosen ? 'chosen' : ''} ${object.hidden ? 'is-hidden' : ''} ${dropped ? side : ''}`;
    return html`<div
      class="row ${states} ${this.#drag.to !== null && this.#drag.from === index ? 'held' : ''}"
      role="listitem"
      @contextmenu=${(event: MouseEvent) => this.#askMenu(row, event)}
    >
      ${
        this.#isWriting('name', object)
          ? html`${swatch(object)}${this.#nameField(object)}`
          : this.#chooser(row, index, chosen)
      }
      ${this.#classPart(object, chosen)}
      <span class="status" title=${status.title}>
        ${statusSign(status.icon)}<span class="cut ${/^\d/.test(status.text) ? '' : 'word'}"
          >${status.text}</span
        >
      </span>
      ${this.#eye(object, chosen)} ${this.#padlock(row, chosen)} ${chosen ? this.#more(row) : ''}
    </div>`;
  }

  #chooser({ object, status }: ObjectRow, index: number, chosen: boolean): TemplateResult {
    return html`<button
      class="choose"
      data-object=${object.id}
      tabindex=${chosen ? 0 : -1}
      aria-current=${chosen}
      title=${`${object.name} · ${status.title}`}
      @click=${() => sendCommand(this, { do: 'choose-object', objectId: object.id })}
      @dblclick=${() => this.#write('name', object.id)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'F2') this.#write('name', object.id);
      }}
      @pointerdown=${(event: PointerEvent) => this.#press(event, index)}
      @pointermove=${(event: PointerEvent) => this.#moveRow(event)}
      @pointerup=${() => this.#drop()}
      @pointercancel=${() => this.#giveUp()}
    >
      ${swatch(object)}
      <span class="name cut">${object.name}</span>
    </button>`;
  }

  #classPart(object: ObjectRecord, chosen: boolean): TemplateResult {
    const name = this.classes.find((one) => one.id === object.classId)?.name ?? '';
    if (this.#isWriting('class', object))
      return html`<input
          class="writing class-field field"
          list="class-names"
          aria-label=${`Class of ${object.name}`}
          maxlength="200"
          .value=${name}
          @blur=${(event: Event) => {
            const written = (event.target as HTMLInputElement).value.trim();
            if (!this.#isWriting('class', object)) return;
            this.writing = null;
            if (written !== name) sendCommand(this, { do: 'name-class', objectId: object.id, name: written });
          }}
          @keydown=${(event: KeyboardEvent) => this.#endOnKey(event, object.id, name)}
        /><datalist id="class-names">
          ${this.classes.map((one) => html`<option value=${one.name}></option>`)}
        </datalist>`;
    return html`<button
      class="class cut ${name === '' ? 'unset' : ''}"
      tabindex=${chosen ? 0 : -1}
      aria-label=${name === '' ? `Give ${object.name} a class` : `Class of ${object.name}: ${name}`}
      title=${name === '' ? 'Give it a class' : `Class: ${name}`}
      ?disabled=${!this.editable}
      @click=${() => this.#write('class', object.id)}
    >
      ${name === '' ? 'class' : name}
    </button>`;
  }

  #eye(object: ObjectRecord, chosen: boolean): TemplateResult {
    return html`<button
      class="icon-button small eye"
      tabindex=${chosen ? 0 : -1}
      aria-label=${`${object.hidden ? 'Show' : 'Hide'} ${object.name}`}
      title=${object.hidden ? 'Show (H)' : 'Hide (H)'}
      ?disabled=${!this.editable}
      @click=${() => sendCommand(this, { do: 'hide-object', objectId: object.id, hidden: !object.hidden })}
    >
      ${icon(object.hidden ? 'eyeOff' : 'eye')}
    </button>`;
  }

  #padlock({ object, locked }: ObjectRow, chosen: boolean): TemplateResult {
    const on = locked === 'none';
    const where = this.range ? spanText(this.range) : 'the whole video';
    const words = on ? `Lock on ${where}` : `Unlock on ${where}`;
    return html`<button
      class="icon-button small padlock ${on ? '' : 'is-locked'}"
      tabindex=${chosen ? 0 : -1}
      aria-label=${`${on ? 'Lock' : 'Unlock'} ${object.name}`}
      title=${`${locked === 'part' ? 'Locked on some frames. ' : ''}${words} (Shift+K)`}
      ?disabled=${!this.editable}
      @click=${() => sendCommand(this, { do: 'lock-object', objectId: object.id, span: this.range, on })}
    >
      ${icon(on ? 'unlock' : 'lock')}
    </button>`;
  }

  #more(row: ObjectRow): TemplateResult {
    return html`<button
      class="icon-button small"
      aria-label=${`More for ${row.object.name}`}
      title="Rename, class, colour, order, merge, delete"
      aria-haspopup="dialog"
      ?disabled=${!this.editable}
      @click=${(event: Event) => void this.menu.open(row, event.currentTarget as HTMLElement)}
    >
      ${icon('more')}
    </button>`;
  }

  #nameField(object: ObjectRecord): TemplateResult {
    return html`<input
      class="writing rename field"
      aria-label=${`Name of object ${object.number}`}
      maxlength="200"
      .value=${object.name}
      @blur=${(event: Event) => {
        const name = (event.target as HTMLInputElement).value;
        if (!this.#isWriting('name', object)) return;
        this.writing = null;
        if (name.trim() !== '' && name.trim() !== object.name)
          sendCommand(this, { do: 'rename-object', objectId: object.id, name });
      }}
      @keydown=${(event: KeyboardEvent) => this.#endOnKey(event, object.id, object.name)}
    />`;
  }

  #askMenu(row: ObjectRow, event: MouseEvent): void {
    event.preventDefault();
    event.stopPropagation();
    if (this.editable) void this.menu.open(row, event);
  }

  #isWriting(what: 'name' | 'class', object: ObjectRecord): boolean {
    return this.writing?.what === what && this.writing.objectId === object.id;
  }

  #write(what: 'name' | 'class', objectId: string): void {
    if (this.editable) this.writing = { what, objectId };
  }

  /** Enter takes what is written, Escape leaves it as it was. */
  #endOnKey(event: KeyboardEvent, objectId: string, before: string): void {
    if (event.key !== 'Escape' && event.key !== 'Enter') return;
    const field = event.target as HTMLInputElement;
    if (event.key === 'Escape') field.value = before;
    event.preventDefault();
    event.stopPropagation();
    this.#backTo = objectId;
    field.blur();
  }

  #press(event: PointerEvent, index: number): void {
    if (event.button !== 0 || !this.editable || this.rows.length < 2) return;
    this.#drag.press(index, event.clientY);
    (event.currentTarget as HTMLElement).setPointerCapture?.(event.pointerId);
  }

  #moveRow(event: PointerEvent): void {
    const rows = [...this.renderRoot.querySelectorAll('.row')].map((one) => one.getBoundingClientRect());
    if (this.#drag.move(event.clientY, rows)) this.requestUpdate();
  }

  #drop(): void {
    const moved = this.#drag.release();
    const held = moved && this.rows[moved.from];
    if (held && moved.from !== moved.to)
      sendCommand(this, { do: 'place-object', objectId: held.object.id, to: moved.to });
    this.requestUpdate();
  }

  #giveUp(): void {
    this.#drag.cancel();
    this.requestUpdate();
  }
}

function statusSign(sign: ObjectStatus['icon']): TemplateResult | '' {
  if (sign === null) return '';
  return sign === 'turning' ? html`<span class="turning"></span>` : icon(sign);
}
