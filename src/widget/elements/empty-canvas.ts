import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { keyHint, sendCommand } from '../commands';
import type { CanvasDesk, OpeningDesk } from '../controllers';
import { icon } from '../theme';
import { pageOver } from './pages';

/** The canvas while no session is on it: what there is to open, and no dead tools around it. */
export function emptyCanvas(desk: CanvasDesk, opening: OpeningDesk, focused: boolean): TemplateResult {
  const over = desk.pages.page !== null;
  const gone = desk.link.connection === 'gone';
  return html`<div class="empty" role="region" aria-label="Masklet" ?inert=${over}>
      <div class="empty-bar">
        <strong>Masklet</strong>
        <span class="gap"></span>
        <button
          class="icon-button"
          aria-label="Guide and keys"
          title=${`Guide and keys (${keyHint({ do: 'open-page', page: 'guide' })})`}
          @click=${(event: Event) => sendCommand(event.currentTarget!, { do: 'open-page', page: 'guide' })}
        >
          ${icon('guide')}
        </button>
        <button
          class="icon-button"
          aria-label="Full screen"
          title=${`Full screen (${keyHint({ do: 'full-screen' })})`}
          @click=${(event: Event) => sendCommand(event.currentTarget!, { do: 'full-screen' })}
        >
          ${icon('fullScreen')}
        </button>
      </div>
      <masklet-notice-strip .notices=${desk.notices}></masklet-notice-strip>
      ${
        gone
          ? ''
          : html`<masklet-opening-page
              .desk=${opening}
              .revision=${opening.revision}
              .left=${desk.state.opening?.left ?? null}
            ></masklet-opening-page>`
      }
      <div class="empty-status">
        <span class="cut"
          >Nothing leaves this machine: video, model and masks stay where the kernel runs</span
        >
        ${focused ? html`<span class="keys">${icon('keys')}<kbd>Esc</kbd></span>` : ''}
      </div>
    </div>
    ${pageOver(desk, opening)}`;
}
