import type { LitElement, ReactiveController } from 'lit';
import type { Command } from '../commands';
import { belongsToNotebook, focusedPart, routeKey } from './key-router';

/** What the keyboard needs of the workbench. */
export interface KeyboardPort {
  perform(command: Command): void;
  /** Space is held: presses pan. */
  holdPan(): void;
  /** Space is let go. True when the picture was panned meanwhile. */
  releasePan(): boolean;
}

/** The attribute that keeps JupyterLab's shortcuts off an element. */
const suppress = 'data-lm-suppress-shortcuts';

/**
 * Takes the widget's keys while the focus is inside. JupyterLab looks at every key before the page's elements do;
 * the attribute on the host keeps it off, and is taken away for the chords that stay the notebook's.
 */
export class KeyboardController implements ReactiveController {
  readonly #host: LitElement;
  readonly #port: KeyboardPort;
  #playOnRelease: 1 | -1 | null = null;

  constructor(host: LitElement, port: KeyboardPort) {
    this.#host = host;
    this.#port = port;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.setAttribute(suppress, 'true');
    window.addEventListener('keydown', this.#decideOwner, true);
    this.#host.addEventListener('keydown', this.#keyDown);
    this.#host.addEventListener('keyup', this.#keyUp);
    this.#host.addEventListener('focusout', this.#focusOut);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#decideOwner, true);
    this.#host.removeEventListener('keydown', this.#keyDown);
    this.#host.removeEventListener('keyup', this.#keyUp);
    this.#host.removeEventListener('focusout', this.#focusOut);
  }

  readonly #decideOwner = (event: KeyboardEvent): void => {
    if (!event.composedPath().includes(this.#host)) return;
    if (belongsToNotebook(event)) this.#host.removeAttribute(suppress);
    else this.#host.setAttribute(suppress, 'true');
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const target = event.composedPath()[0] ?? null;
    const shortcut = routeKey(event, focusedPart(target));
    if (!shortcut) return;
    if (isInside(event, '[data-page]') && shortcut.command.do !== 'step-out') return;
    if (isInside(event, '[popover]')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && !shortcut.repeats) return;
    if (shortcut.command.do === 'play') {
      this.#playOnRelease = shortcut.command.way;
      this.#port.holdPan();
      this.#host.requestUpdate();
      return;
    }
    this.#port.perform(shortcut.command);
  };

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || this.#playOnRelease === null) return;
    const way = this.#playOnRelease;
    this.#playOnRelease = null;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#port.releasePan()) this.#port.perform({ do: 'play', way });
    this.#host.requestUpdate();
  };

  readonly #focusOut = (): void => {
    if (this.#playOnRelease === null) return;
    this.#playOnRelease = null;
    this.#port.releasePan();
  };
}

/** An open menu has the keys, Escape among them; a page has all but Escape, which closes it. */
function isInside(event: Event, selector: string): boolean {
  return event.composedPath().some((one) => one instanceof HTMLElement && one.matches(selector));
}
