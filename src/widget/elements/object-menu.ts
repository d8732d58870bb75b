import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { objectColors } from '../../annotation';
import type { ClassRecord, ObjectRecord } from '../../annotation';
import { keyHint, sendCommand } from '../commands';
import type { Command } from '../commands';
import { controls, counted, icon } from '../theme';
import type { IconName } from '../theme';
import { menuStyles } from './menu-styles';
import { openPopover, openPopoverAt } from './open-popover';
import { swatch } from './swatch';

/** What the menu needs to know of the object besides its record. */
export interface ObjectMenuPlace {
  readonly object: ObjectRecord;
  readonly maskCount: number;
}

/** What can be done with an object: name, class, colour, place in the list, merging, deleting. */
export class ObjectMenu extends LitElement {
  static override styles = [
    controls,
    menuStyles,
    css`
      .colors {
        display: grid;
        grid-template-columns: repeat(7, 24px);
        gap: 4px;
        padding: 4px 8px;
      }
      .color {
        display: grid;
        place-items: center;
        width: 24px;
        height: 24px;
        border-radius: 4px;
        background: var(--object);
        color: #000;
        box-shadow: inset 0 0 0 1px rgba(0, 0, 0, 0.35);
        forced-color-adjust: none;
      }
      .color:focus-visible {
        outline-offset: 1px;
      }
      .color.other {
        position: relative;
        background: conic-gradient(#ed4428, #fced3f, #2b9667, #73c4e2, #be84ff, #ee79a1, #ed4428);
        cursor: pointer;
      }
      .color.other input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        opacity: 0;
        cursor: pointer;
      }
      .color.other:focus-within {
        outline: 2px solid var(--mk-accent);
        outline-offset: 1px;
      }
      .line {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 3px 8px;
      }
      .line .field {
        flex: 1;
      }
      .item .swatch {
        margin-left: -1px;
      }
    `,
  ];

  @property({ attribute: false }) objects: readonly ObjectRecord[] = [];
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @state() private place: ObjectMenuPlace | null = null;
  @state() private merging = false;
  @query('.menu') private readonly menu!: HTMLElement;

  /** Opens below a button, or at a place in the window. */
  async open(place: ObjectMenuPlace, at: HTMLElement | MouseEvent): Promise<void> {
    this.place = place;
    this.merging = false;
    await this.updateComplete;
    if (at instanceof HTMLElement) openPopover(this.menu, at);
    else openPopoverAt(this.menu, at.clientX, at.clientY);
  }

  override render(): TemplateResult {
    const { place } = this;
    return html`<div class="menu" popover="auto" role="dialog" aria-label=${place?.object.name ?? 'Object'}>
      ${place ? (this.merging ? this.#mergeChoices(place.object) : this.#items(place)) : ''}
    </div>`;
  }

  #items({ object, maskCount }: ObjectMenuPlace): TemplateResult {
    const at = this.objects.findIndex((one) => one.id === object.id);
    const objectId = object.id;
    const masks = maskCount === 0 ? '' : ` and ${counted(maskCount, 'mask')}`;
    return html`<div class="group" role="group" aria-label=${object.name}>
        ${this.#item('pen', 'Rename', () => this.dispatchEvent(new CustomEvent('masklet-rename', { detail: objectId })), 'F2')}
        ${this.#classLine(object)} ${this.#colors(object)}
      </div>
      <div class="group" role="group" aria-label="Place in the list">
        ${this.#commandItem('up', 'Move up', { do: 'move-object', objectId, by: -1 }, at > 0)}
        ${this.#commandItem('down', 'Move down', { do: 'move-object', objectId, by: 1 }, at < this.objects.length - 1)}
      </div>
      <div class="group" role="group" aria-label="Merge, delete">
        ${
          this.objects.length > 1
            ? html`<button class="item" @click=${() => (this.merging = true)}>
                ${icon('merge')}Merge another into it …
              </button>`
            : ''
        }
        <button
          class="item"
          title=${`Deletes ${object.name}, its prompts${masks}; undo brings it back`}
          @click=${() => this.#send({ do: 'remove-object', objectId })}
        >
          ${icon('trash')}<span class="cut"
            >Delete${masks === '' ? '' : ` with ${counted(maskCount, 'mask')}`}</span
          >
        </button>
      </div>`;
  }

  #classLine(object: ObjectRecord): TemplateResult {
    const name = this.classes.find((one) => one.id === object.classId)?.name ?? '';
    return html`<label class="line">
      Class
      <input
        class="field"
        list="classes"
        maxlength="200"
        placeholder="none"
        .value=${name}
        @change=${(event: Event) => {
          const written = (event.target as HTMLInputElement).value;
          if (written.trim() !== name) this.#send({ do: 'name-class', objectId: object.id, name: written });
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter') (event.target as HTMLInputElement).blur();
        }}
      />
      <datalist id="classes">
        ${this.classes.map((one) => html`<option value=${one.name}></option>`)}
      </datalist>
    </label>`;
  }

  #colors(object: ObjectRecord): TemplateResult {
    return html`<div class="colors" role="group" aria-label="Colour">
      ${objectColors.map(
        (color, index) =>
          html`<button
            class="color"
            style=${`--object: ${color}`}
            aria-label=${`Colour ${index + 1}`}
            aria-pressed=${color === object.color}
            @click=${() => this.#send({ do: 'recolor-object', objectId: object.id, color })}
          >
            ${color === object.color ? icon('check') : ''}
          </button>`,
      )}
      <label class="color other" title="Another colour">
        <span class="spoken">Another colour</span>
        <input
          type="color"
          .value=${object.color}
          @change=${(event: Event) =>
            this.#send({
              do: 'recolor-object',
              objectId: object.id,
              color: (event.target as HTMLInputElement).value,
            })}
        />
      </label>
    </div>`;
  }

  #mergeChoices(object: ObjectRecord): TemplateResult {
    const others = this.objects.filter((one) => one.id !== object.id);
    const title = `Merge into ${object.name}`;
    return html`<div class="group" role="group" aria-label=${title}>
      <div class="title cut">${title}; masks on the same frame are joined</div>
      ${others.map(
        (other) =>
          html`<button
            class="item"
            @click=${() => this.#send({ do: 'merge-objects', objectId: object.id, otherId: other.id })}
          >
            ${swatch(other)}<span class="cut">${other.name}</span>
          </button>`,
      )}
    </div>`;
  }

  #commandItem(drawing: IconName, label: string, command: Command, on: boolean): TemplateResult {
    const key = command.do === 'move-object' ? keyHint({ ...command, objectId: null }) : '';
    return this.#item(drawing, label, () => sendCommand(this, command), key, on);
  }

  #item(drawing: IconName, label: string, act: () => void, key = '', on = true): TemplateResult {
    return html`<button
      class="item"
      ?disabled=${!on}
      @click=${() => {
        this.menu.hidePopover();
        act();
      }}
    >
      ${icon(drawing)}${label}${key === '' ? '' : html`<kbd aria-hidden="true">${key}</kbd>`}
    </button>`;
  }

  #send(command: Command): void {
    this.menu.hidePopover();
    sendCommand(this, command);
  }
}
