import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { RecentView } from '../../protocol';
import { sendCommand } from '../commands';
import type { ChosenKind, OpeningDesk, OpeningFailure, UnderWay } from '../controllers';
import { controls, icon } from '../theme';
import type { IconName } from '../theme';
import { DropTarget } from './drop-target';
import { openingStyles } from './opening-styles';
import { codeFor, contentWords, dayWords } from './opening-words';
import { troubleBox } from './opening-trouble';

/** What there is to open: three ways in, the sample, sessions of before, and the line of code that does the same. */
export class OpeningPage extends LitElement {
  static override styles = [controls, openingStyles];

  @property({ attribute: false }) desk: OpeningDesk | null = null;
  /** Counts what has changed on the desk. */
  @property({ type: Number }) revision = 0;
  /** What became of the session that was here; null where there was none. */
  @property({ attribute: false }) left: string | null = null;
  /** The session that stays until another one is open; null where there is none. */
  @property({ attribute: false }) instead: string | null = null;
  @state() private typed = '';
  readonly #drop = new DropTarget(
    this,
    (event) => (this.desk?.underWay ? null : (this.desk?.picker?.dropped(event) ?? null)),
    (place) => this.#go(this.desk!.open(place)),
  );
  @query('#path') private readonly path!: HTMLInputElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.desk?.load();
  }

  override render(): TemplateResult | '' {
    const { desk } = this;
    if (!desk) return '';
    const { failure, underWay } = desk;
    return html`<div class="column">
      <div aria-live="polite">${this.#said(desk, failure)}</div>
      ${underWay ? this.#underWay(underWay) : html`${this.#ways(desk)} ${this.#recent(desk)} ${this.#code()}`}
    </div>`;
  }

  #said(desk: OpeningDesk, failure: OpeningFailure | null): TemplateResult | '' {
    if (failure?.trouble && !desk.underWay)
      return troubleBox(failure.trouble, {
        hasPicker: desk.picker !== null,
        choose: () => this.#go(desk.chooseVideo()),
        type: (path) => this.#go(desk.openWith({ video: { typed: path } })),
        look: () => this.#go(desk.openWith({ withoutVideo: true })),
        leave: () => desk.dismissFailure(),
      });
    if (failure)
      return html`<div class="said failed" role="alert">
        <p><strong>${failure.title}</strong> ${failure.text}</p>
        <button
          class="icon-button small"
          aria-label="Dismiss"
          title="Dismiss"
          @click=${() => desk.dismissFailure()}
        >
          ${icon('close')}
        </button>
      </div>`;
    if (this.instead !== null)
      return html`<p class="quiet">
        ${this.instead} stays here until the other is open. Then it is written down and closed; it is first in
        the list afterwards.
      </p>`;
    return this.left === null ? '' : html`<p class="said">${this.left}</p>`;
  }

  #ways(desk: OpeningDesk): TemplateResult {
    const dialogs = desk.picker !== null;
    return html`<section class="ways ${this.#drop.over ? 'over' : ''}" aria-labelledby="title">
      ${icon('film')}
      <h2 id="title">Open a video, a folder of images or a session</h2>
      <div class="buttons">
        ${
          dialogs
            ? html`${this.#way(desk, 'video', 'film', 'Video …', !desk.failure?.trouble)}
              ${this.#way(desk, 'pictures', 'images', 'Images …')}
              ${this.#way(desk, 'session', 'folder', 'Session …')}`
            : ''
        }
        ${(desk.offered?.samples ?? []).map(
          ({ place, title }) =>
            html`<button class="button" title=${title} @click=${() => this.#go(desk.open({ typed: place }))}>
              ${icon('play')}Sample clip
            </button>`,
        )}
      </div>
      ${dialogs ? html`<p class="quiet">or drop it here from the file browser</p>` : ''}
      ${this.#pathForm(desk, dialogs)}
    </section>`;
  }

  #way(
    desk: OpeningDesk,
    kind: ChosenKind,
    drawing: IconName,
    words: string,
    primary = false,
  ): TemplateResult {
    return html`<button
      class="button ${primary ? 'primary' : ''}"
      @click=${() => this.#go(desk.choose(kind))}
    >
      ${icon(drawing)}${words}
    </button>`;
  }

  #pathForm(desk: OpeningDesk, dialogs: boolean): TemplateResult {
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        if (this.typed.trim() !== '') this.#go(desk.open({ typed: this.typed.trim() }));
      }}
    >
      <label for="path">Path</label>
      <input
        id="path"
        class="field"
        autocomplete="off"
        spellcheck="false"
        placeholder="birds.mp4"
        .value=${this.typed}
        @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)}
      />
      <button class="button ${dialogs ? '' : 'primary'}" type="submit" ?disabled=${this.typed.trim() === ''}>
        Open
      </button>
      <p class="note">
        mp4, mov, avi, mkv, webm; a folder of jpg or png; a session. From
        ${desk.offered?.folder ?? 'the kernel’s folder'}, or a whole path.
      </p>
    </form>`;
  }

  #recent(desk: OpeningDesk): TemplateResult | '' {
    const recent = desk.offered?.recent ?? [];
    if (recent.length === 0) return '';
    const now = new Date();
    return html`<section aria-labelledby="recent">
      <h3 id="recent">Go on with</h3>
      <ul>
        ${recent.map((one) => this.#session(desk, one, now))}
      </ul>
    </section>`;
  }

  #session(desk: OpeningDesk, one: RecentView, now: Date): TemplateResult {
    const gone = one.state === 'missing';
    const off = gone || one.state === 'damaged';
    const facts = [
      ...(one.state === 'open' ? ['open in this notebook'] : []),
      ...(one.draft ? ['draft'] : []),
      contentWords(one),
    ].filter((words) => words !== '');
    const inside = html`${icon(off ? 'warning' : 'folder')}
      <span class="name cut">${one.name}</span>
      <span class="what cut">${facts.join(' · ')}</span>
      <span class="when">${dayWords(one.used, now)}</span>`;
    return html`<li class=${off ? 'off' : ''} title=${one.path}>
      ${
        gone
          ? html`<div class="session">${inside}</div>`
          : html`<button class="session" @click=${() => this.#go(desk.open({ typed: one.path }))}>
              ${inside}
            </button>`
      }
      <button
        class="icon-button small"
        aria-label=${`Take ${one.name} off this list`}
        title="Take off this list; the session stays where it is"
        @click=${() => void desk.forget(one.path)}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  #code(): TemplateResult {
    const code = codeFor(this.typed.trim() || 'birds.mp4');
    return html`<p class="code">
      <span>From a cell:</span><code>${code}</code>
      <button
        class="icon-button small"
        aria-label="Copy this line"
        title="Copy this line"
        @click=${() => void navigator.clipboard?.writeText(code).catch(() => undefined)}
      >
        ${icon('copy')}
      </button>
    </p>`;
  }

  #underWay({ name, picture }: UnderWay): TemplateResult {
    return html`<div class="under-way" role="status">
      ${
        picture === null
          ? html`<div class="blank"></div>`
          : html`<img src=${picture} alt=${`First frame of ${name}`} />`
      }
      <p>
        <strong>Opening ${name} …</strong> ${
          picture === null ? '' : 'This is its first frame; a long video is read through once.'
        }
      </p>
      <div class="bar" aria-hidden="true"></div>
    </div>`;
  }

  /** Once it is open, the page over the canvas has nothing more to do. */
  #go(opening: Promise<boolean>): void {
    void opening.then((open) => {
      if (open) sendCommand(this, { do: 'close-page' });
    });
  }

  /** Puts the focus where typing begins. */
  focusPath(): void {
    this.path?.focus({ preventScroll: true });
  }
}
