import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ClassRecord, ObjectRecord } from '../../annotation';
import { sendCommand } from '../commands';
import { controls, counted, grouped, icon } from '../theme';
import { menuStyles } from './menu-styles';
import { openPopover } from './open-popover';

/** How many objects there are, in how many classes; opens the classes, to rename and remove them. */
export class ClassMenu extends LitElement {
  static override styles = [
    controls,
    menuStyles,
    css`
      :host {
        display: flex;
        min-width: 0;
        flex: 1;
      }
      .open {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        min-width: 0;
        height: 24px;
        padding: 0 4px;
        margin-left: -4px;
        border-radius: 4px;
        color: var(--mk-text2);
      }
      .open:hover {
        background: var(--mk-hover);
      }
      .line {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 2px 4px 2px 8px;
      }
      .line .field {
        flex: 1;
      }
      .line .count {
        color: var(--mk-text2);
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) objects: readonly ObjectRecord[] = [];
  @property({ attribute: false }) classes: readonly ClassRecord[] = [];
  @property({ type: Boolean }) editable = true;
  @query('.menu') private readonly menu!: HTMLElement;

  override render(): TemplateResult {
    const used = new Set(this.objects.map((one) => one.classId).filter((id) => id !== null)).size;
    const inClasses = used > 0 ? ` in ${used === 1 ? '1 class' : `${used} classes`}` : '';
    const words = this.objects.length === 0 ? 'No objects' : grouped(this.objects.length) + inClasses;
    if (this.classes.length === 0 || !this.editable) return html`<span class="count cut">${words}</span>`;
    return html`<button
        class="open"
        aria-haspopup="dialog"
        title=${`Classes: ${this.classes.map((one) => one.name).join(', ')}`}
        @click=${(event: Event) => openPopover(this.menu, event.currentTarget as HTMLElement)}
      >
        <span class="count cut">${words}</span>${icon('down')}
      </button>
      <div class="menu" popover="auto" role="dialog" aria-label="Classes">
        <div class="title">Classes</div>
        ${this.classes.map((one) => this.#line(one))}
      </div>`;
  }

  #line({ id, name }: ClassRecord): TemplateResult {
    const count = this.objects.filter((one) => one.classId === id).length;
    return html`<div class="line">
      <input
        class="field"
        aria-label=${`Name of the class ${name}`}
        maxlength="200"
        .value=${name}
        @change=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          if (field.value.trim() !== '' && field.value.trim() !== name)
            sendCommand(this, { do: 'rename-class', classId: id, name: field.value });
          else field.value = name;
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter') (event.target as HTMLInputElement).blur();
        }}
      />
      <span class="count">${counted(count, 'object')}</span>
      <button
        class="icon-button small"
        aria-label=${`Remove the class ${name}`}
        title="Remove the class; its objects stay, without a class"
        @click=${() => sendCommand(this, { do: 'remove-class', classId: id })}
      >
        ${icon('trash')}
      </button>
    </div>`;
  }
}
