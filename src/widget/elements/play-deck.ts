import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Command } from '../commands';
import { keyHint, sendCommand } from '../commands';
import { controls, grouped, icon, timecode } from '../theme';
import type { IconName } from '../theme';
import { moveInGroup } from './roving-group';

/** Infinity: as fast as frames come. */
const speeds = [0.25, 0.5, 1, 2, 4, Infinity];

/** Steps, playing, and the frame's number. */
export class PlayDeck extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 40px;
        padding: 0 8px;
        min-width: 0;
      }
      .buttons {
        display: flex;
        gap: 2px;
      }
      .playing {
        background: var(--mk-press);
      }
      .frame {
        display: flex;
        align-items: center;
        gap: 6px;
        margin: 0 2px 0 8px;
        white-space: nowrap;
      }
      .field {
        width: 68px;
        text-align: center;
        font-weight: 600;
      }
      select {
        width: 62px;
      }
      .total {
        color: var(--mk-text2);
      }
      .time {
        font-size: 12px;
        color: var(--mk-text2);
        margin-left: 4px;
      }
      @container (max-width: 557px) {
        .time {
          display: none;
        }
      }
    `,
  ];

  @property({ type: Number }) frame = 0;
  @property({ type: Number }) frameCount = 0;
  @property({ attribute: false }) frameRate: number | null = null;
  @property({ type: Number }) playing: -1 | 0 | 1 = 0;
  @property({ type: Number }) speed = 1;
  @query('.field') private readonly field!: HTMLInputElement;

  /** Puts the cursor into the frame's number. */
  askForFrame(): void {
    this.field.focus();
    this.field.select();
  }

  override render(): TemplateResult {
    return html`
      <div class="buttons" role="toolbar" aria-label="Frames" @keydown=${moveInGroup}>
        ${this.#button('previousPrompt', 'Previous prompted frame', { do: 'go-to-prompted', way: -1 })}
        ${this.#button('previous', 'Previous frame', { do: 'step', by: -1 })}
        ${this.#button(
          this.playing === -1 ? 'pause' : 'playBack',
          this.playing === -1 ? 'Pause' : 'Play backward',
          { do: 'play', way: -1 },
          this.playing === -1,
        )}
        ${this.#button(
          this.playing === 1 ? 'pause' : 'play',
          this.playing === 1 ? 'Pause' : 'Play',
          { do: 'play', way: 1 },
          true,
        )}
        ${this.#button('next', 'Next frame', { do: 'step', by: 1 })}
        ${this.#button('nextPrompt', 'Next prompted frame', { do: 'go-to-prompted', way: 1 })}
      </div>
      <div class="frame">
        <input
          class="field"
          inputmode="numeric"
          aria-label="Frame"
          title="Go to frame (G)"
          .value=${grouped(this.frame)}
          @change=${(event: Event) => this.#goTo(event.target as HTMLInputElement)}
          @keydown=${(event: KeyboardEvent) => this.#fieldKey(event)}
        />
        <span class="total" title="Frames">/ ${grouped(this.frameCount)}</span>
        ${this.frameRate ? html`<span class="time">${timecode(this.frame / this.frameRate)}</span>` : ''}
      </div>
      <select
        class="quiet"
        aria-label="Speed"
        title="Speed; max: as fast as frames come"
        @change=${(event: Event) =>
          sendCommand(this, { do: 'set-speed', speed: Number((event.target as HTMLSelectElement).value) })}
      >
        ${speeds.map(
          (speed) =>
            html`<option
              value=${speed}
              title=${speed === Infinity ? 'As fast as frames come' : ''}
              ?selected=${speed === this.speed}
            >
              ${speed === Infinity ? 'max' : `${speed}×`}
            </option>`,
        )}
      </select>
    `;
  }

  #button(drawing: IconName, name: string, command: Command, pressed = false): TemplateResult {
    const key = keyHint(command);
    const isPlay = command.do === 'play' && command.way === 1;
    return html`<button
      class="icon-button ${pressed ? 'playing' : ''}"
      aria-label=${name}
      title=${key === '' ? name : `${name} (${key})`}
      tabindex=${isPlay ? 0 : -1}
      @click=${() => sendCommand(this, command)}
    >
      ${icon(drawing)}
    </button>`;
  }

  #goTo(field: HTMLInputElement): void {
    const wanted = Number(field.value.replace(/\s/g, ''));
    if (field.value.trim() !== '' && Number.isFinite(wanted))
      sendCommand(this, { do: 'go-to-frame', frame: wanted });
    field.value = grouped(this.frame);
  }

  #fieldKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    this.#goTo(event.target as HTMLInputElement);
    this.field.select();
  }
}
