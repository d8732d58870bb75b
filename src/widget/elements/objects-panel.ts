import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { objectColors } from '../../annotation';
import type { ClassRecord, ObjectRecord } from '../../annotation';
import { sendCommand } from '../commands';
import { controls, counted, grouped, icon } from '../theme';
import type { ObjectStatus } from './object-status';
import { objectsPanelStyles } from './objects-panel-styles';
import { openPopover } from './open-popover';
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

/** The objects: choose, add, rename, recolour, hide, delete. */
export class ObjectsPanel extends LitElement {
  static override styles = [controls, objectsPanelStyles];

  @property({ attribute: false }) rows: readonly ObjectRow[] = [];
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @property() chosenId: string | null = null;
  @property({ type: Boolean }) editable = true;
  /** The object whose name is being written. */
  @state() private renamingId: string | null = null;
  /** The object whose menu is open. */
  @state() private menuId: string | null = null;
  @state() private deleting = false;
  @query('.menu') private readonly menu!: HTMLElement;
  @query('.rename') private readonly nameField!: HTMLInputElement | null;

  override render(): TemplateResult {
    return html`
      ${this.#header()}
      <div class="list" role="list" aria-label="Objects">
        ${repeat(
          this.rows,
          (row) => row.object.id,
          (row) => this.#row(row),
        )}
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
      ${this.#menu()}
    `;
  }

  protected override updated(changes: PropertyValues): void {
    if (changes.has('renamingId') && this.renamingId !== null) this.nameField?.select();
    if (changes.has('chosenId'))
      this.renderRoot.querySelector('[aria-current="true"]')?.closest('.row')?.scrollIntoView?.({
        block: 'nearest',
      });
  }

  #header(): TemplateResult {
    const used = new Set(this.rows.map((row) => row.object.classId).filter((id) => id !== null)).size;
    const inClasses = used > 0 ? ` in ${used === 1 ? '1 class' : `${used} classes`}` : '';
    const others = this.rows.filter((row) => row.object.id !== this.chosenId);
    const alone = others.length > 0 && others.every((row) => row.object.hidden);
    return html`<div class="header">
      <h2 class="spoken">Objects</h2>
      <span class="count cut"
        >${this.rows.length === 0 ? 'No objects' : grouped(this.rows.length) + inClasses}</span
      >
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
            </button>`
          : ''
      }
    </div>`;
  }

  #row({ object, status }: ObjectRow): TemplateResult {
    const chosen = object.id === this.chosenId;
    const renaming = object.id === this.renamingId;
    const className = this.classes.find((one) => one.id === object.classId)?.name ?? '';
    return html`<div
      class="row ${chosen ? 'chosen' : ''} ${object.hidden ? 'is-hidden' : ''}"
      role="listitem"
    >
      ${renaming ? this.#renaming(object) : this.#chooser(object, chosen, className, status)}
      <button
        class="icon-button small"
        aria-label=${`${object.hidden ? 'Show' : 'Hide'} ${object.name}`}
        title=${object.hidden ? 'Show' : 'Hide'}
        ?disabled=${!this.editable}
        @click=${() => sendCommand(this, { do: 'hide-object', objectId: object.id, hidden: !object.hidden })}
      >
        ${icon(object.hidden ? 'eyeOff' : 'eye')}
      </button>
      <button
        class="icon-button small"
        aria-label=${`Rename, recolour or delete ${object.name}`}
        title="Rename, recolour, delete"
        aria-haspopup="true"
        ?disabled=${!this.editable}
        @click=${(event: Event) => this.#openMenu(object.id, event.currentTarget as HTMLElement)}
      >
        ${icon('more')}
      </button>
    </div>`;
  }

  #chooser(object: ObjectRecord, chosen: boolean, className: string, status: ObjectStatus): TemplateResult {
    return html`<button
      class="choose"
      aria-current=${chosen}
      title=${`${object.name}${className === '' ? '' : ` (${className})`} · ${status.title}`}
      @click=${() => sendCommand(this, { do: 'choose-object', objectId: object.id })}
      @dblclick=${() => this.#startRenaming(object.id)}
    >
      ${swatch(object)}
      <span class="name cut">${object.name}</span>
      ${className === '' ? '' : html`<span class="class cut">${className}</span>`}
      <span class="status">
        ${statusSign(status.icon)}<span class="cut ${/^\d/.test(status.text) ? '' : 'word'}"
          >${status.text}</span
        >
      </span>
    </button>`;
  }

  #renaming(object: ObjectRecord): TemplateResult {
    return html`${swatch(object)}<input
        class="rename field"
        aria-label=${`Name of object ${object.number}`}
        maxlength="200"
        .value=${object.name}
        @blur=${(event: Event) => this.#endRenaming(object, (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') (event.target as HTMLInputElement).value = object.name;
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          (event.target as HTMLInputElement).blur();
        }}
      />`;
  }

  #menu(): TemplateResult {
    const row = this.rows.find((one) => one.object.id === this.menuId);
    return html`<div
      class="menu"
      popover="auto"
      role="dialog"
      aria-label="Object"
      @toggle=${(event: ToggleEvent) => {
        if (event.newState === 'closed') this.menuId = null;
      }}
    >
      ${row ? (this.deleting ? this.#deleteQuestion(row) : this.#menuItems(row.object)) : ''}
    </div>`;
  }

  #menuItems(object: ObjectRecord): TemplateResult {
    return html`
      <button class="item" @click=${() => this.#startRenaming(object.id)}>${icon('pen')} Rename</button>
      <div class="colors" role="group" aria-label="Colour">
        ${objectColors.map(
          (color, index) =>
            html`<button
              class="color"
              style=${`--object: ${color}`}
              aria-label=${`Colour ${index + 1}`}
              aria-pressed=${color === object.color}
              @click=${() => this.#recolor(object.id, color)}
            >
              ${color === object.color ? icon('check') : ''}
            </button>`,
        )}
        <label class="color other" title="Another colour">
          <span class="spoken">Another colour</span>
          <input
            type="color"
            .value=${object.color}
            @change=${(event: Event) => this.#recolor(object.id, (event.target as HTMLInputElement).value)}
          />
        </label>
      </div>
      <button class="item" @click=${() => (this.deleting = true)}>${icon('trash')} Delete …</button>
    `;
  }

  #deleteQuestion({ object, maskCount }: ObjectRow): TemplateResult {
    const masks = maskCount === 0 ? '' : `, its prompts and its ${counted(maskCount, 'mask')}`;
    return html`<p>Delete ${object.name}${masks}? This cannot be undone yet.</p>
      <div class="answers">
        <button class="button" @click=${() => this.menu.hidePopover()}>Keep</button>
        <button
          class="button danger"
          @click=${() => {
            this.menu.hidePopover();
            sendCommand(this, { do: 'remove-object', objectId: object.id });
          }}
        >
          Delete
        </button>
      </div>`;
  }

  #openMenu(objectId: string, button: HTMLElement): void {
    this.menuId = objectId;
    this.deleting = false;
    void this.updateComplete.then(() => openPopover(this.menu, button));
  }

  #recolor(objectId: string, color: string): void {
    this.menu.hidePopover();
    sendCommand(this, { do: 'recolor-object', objectId, color });
  }

  #startRenaming(objectId: string): void {
    if (!this.editable) return;
    if (this.menuId !== null) this.menu.hidePopover();
    this.renamingId = objectId;
    void this.updateComplete.then(() => this.nameField?.focus());
  }

  #endRenaming(object: ObjectRecord, name: string): void {
    if (this.renamingId !== object.id) return;
    this.renamingId = null;
    if (name.trim() !== '' && name.trim() !== object.name)
      sendCommand(this, { do: 'rename-object', objectId: object.id, name });
  }
}

function statusSign(sign: ObjectStatus['icon']): TemplateResult | '' {
  if (sign === null) return '';
  return sign === 'turning' ? html`<span class="turning"></span>` : icon(sign);
}
