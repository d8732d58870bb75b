import type { LitElement } from 'lit';
import { CommandEvent } from '../../src/widget/commands';
import type { Command } from '../../src/widget/commands';
import { registerElements } from '../../src/widget/elements';
import { textOf } from './widget-text';

/** An element in the page, and the commands it has sent. */
export interface Mounted<T extends LitElement> {
  readonly element: T;
  readonly commands: Command[];
  /** The first element inside that fits a selector; throws when there is none. */
  find<E extends Element = HTMLElement>(selector: string): E;
  all<E extends Element = HTMLElement>(selector: string): E[];
  /** Everything it says, with spaces evened out. */
  text(): string;
}

/** Puts an element into the page with these properties, and waits until it is drawn. */
export async function mount<T extends LitElement>(name: string, properties: Partial<T>): Promise<Mounted<T>> {
  stubCanvas();
  registerElements();
  const element = document.createElement(name) as T;
  Object.assign(element, properties);
  const commands: Command[] = [];
  element.addEventListener(CommandEvent.type, (event) => commands.push((event as CommandEvent).command));
  document.body.replaceChildren(element);
  await element.updateComplete;
  const all = <E extends Element>(selector: string): E[] => [
    ...element.renderRoot.querySelectorAll<E>(selector),
  ];
  return {
    element,
    commands,
    all,
    find: <E extends Element>(selector: string): E => {
      const [found] = all<E>(selector);
      if (!found) throw new Error(`there is no ${selector} in <${name}>`);
      return found;
    },
    text: () => textOf(element.renderRoot),
  };
}

/** jsdom draws nothing and says so loudly; popovers and scrolling it does not have. */
function stubCanvas(): void {
  HTMLCanvasElement.prototype.getContext = (() => null) as typeof HTMLCanvasElement.prototype.getContext;
  HTMLElement.prototype.showPopover = function (this: HTMLElement): void {
    this.setAttribute('data-open', '');
  };
  HTMLElement.prototype.hidePopover = function (this: HTMLElement): void {
    this.removeAttribute('data-open');
  };
}
