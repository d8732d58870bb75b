import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { sendCommand } from '../commands';
import { controls, grouped, icon } from '../theme';
import { eventAt, menuSections } from '../timeline';
import type { FeatureLane, MenuFacts, MenuItem, MenuPlace } from '../timeline';
import { menuStyles } from './menu-styles';
import { openPopoverAt } from './open-popover';
import { moveInGroup } from './roving-group';

/** What can be done at a place of the timeline: opened by the right button or the menu key. */
export class TimelineMenu extends LitElement {
  static override styles = [
    controls,
    menuStyles,
    css`
      .value {
        display: grid;
        gap: 4px;
        padding: 4px 8px;
      }
    `,
  ];

  @property({ attribute: false }) facts: MenuFacts | null = null;
  @state() private place: MenuPlace | null = null;
  @query('.menu') private readonly menu!: HTMLElement;

  /** Opens at a place in the window. */
  async openAt(x: number, y: number, place: MenuPlace): Promise<void> {
    this.place = place;
    await this.updateComplete;
    openPopoverAt(this.menu, x, y);
  }

  override render(): TemplateResult {
    const { place, facts } = this;
    return html`<div
      class="menu"
      popover="auto"
      role="dialog"
      aria-label="At this place"
      @keydown=${moveInGroup}
      @toggle=${(event: ToggleEvent) => {
        if (event.newState === 'closed') this.dispatchEvent(new Event('masklet-menu-closed'));
      }}
    >
      ${place?.feature ? this.#featurePart(place.feature, place.frame) : ''}
      ${
        place && facts && !place.feature
          ? menuSections(place, facts).map(
              ({ title, items }) =>
                html`<div class="group" role="group" aria-label=${title}>
                  <div class="title cut" aria-hidden="true">${title}</div>
                  ${items.map((item) => this.#item(item))}
                </div>`,
            )
          : ''
      }
    </div>`;
  }

  #featurePart(lane: FeatureLane, frame: number): TemplateResult {
    const event = eventAt(lane, frame);
    const words = `${lane.feature.name}, from frame ${grouped(frame)} on`;
    return html`<div class="group" role="group" aria-label=${words}>
      <div class="title cut" aria-hidden="true">${words}</div>
      <div class="value" @keydown=${(pressed: Event) => pressed.stopPropagation()}>
        <masklet-feature-value
          .feature=${lane.feature}
          .objectId=${lane.objectId}
          .frame=${frame}
          .value=${event?.value ?? null}
          @masklet-command=${() => this.menu.hidePopover()}
        ></masklet-feature-value>
      </div>
      ${
        event
          ? this.#item({
              label: `Take the change at ${grouped(event.first)} away`,
              drawing: 'close',
              command: {
                do: 'set-feature',
                featureId: lane.feature.id,
                objectId: lane.objectId,
                frame: event.first,
                change: null,
              },
            })
          : ''
      }
    </div>`;
  }

  #item({ label, drawing, command, off }: MenuItem): TemplateResult {
    return html`<button
      class="item"
      title=${off ?? ''}
      ?disabled=${off !== undefined}
      @click=${() => {
        this.menu.hidePopover();
        sendCommand(this, command);
      }}
    >
      ${drawing ? icon(drawing) : ''}<span class="cut">${label}</span>
    </button>`;
  }
}
