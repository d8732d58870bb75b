import { focusedElement } from './focused-element';

const gap = 4;

/** Opens a popover under its button, or above it where there is no room, inside the window. */
export function openPopover(popover: HTMLElement, button: HTMLElement): void {
  show(popover);
  const from = button.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = from.bottom + gap;
  const top = below + height <= innerHeight - gap ? below : Math.max(gap, from.top - height - gap);
  settle(popover, from.right - width, top);
}

/** Opens a popover over its button, growing upward; its right end is the button's. */
export function openPopoverOver(popover: HTMLElement, button: HTMLElement): void {
  show(popover);
  const from = button.getBoundingClientRect();
  const { width } = popover.getBoundingClientRect();
  settle(popover, from.right - width, 0);
  popover.style.top = 'auto';
  popover.style.bottom = `${Math.max(gap, innerHeight - from.top + gap)}px`;
  popover.style.maxHeight = `${Math.max(160, from.top - 2 * gap)}px`;
}

/** Opens a popover at a place in the window, to its right and below where there is room. */
export function openPopoverAt(popover: HTMLElement, x: number, y: number): void {
  show(popover);
  const { height } = popover.getBoundingClientRect();
  const top = y + height <= innerHeight - gap ? y : Math.max(gap, Math.min(y, innerHeight - gap) - height);
  settle(popover, x, top);
}

function show(popover: HTMLElement): void {
  giveFocusBack(popover);
  popover.style.position = 'fixed';
  popover.style.margin = '0';
  popover.style.maxHeight = `${innerHeight - 2 * gap}px`;
  popover.style.overflow = 'auto';
  popover.showPopover();
}

function settle(popover: HTMLElement, left: number, top: number): void {
  const { width } = popover.getBoundingClientRect();
  popover.style.top = `${top}px`;
  popover.style.left = `${Math.min(Math.max(left, gap), innerWidth - width - gap)}px`;
  popover.querySelector<HTMLElement>('masklet-feature-value, button:not(:disabled), input, select')?.focus();
}

/** When a popover closes while the focus is in it, the focus goes back to where it was before. */
function giveFocusBack(popover: HTMLElement): void {
  const before = focusedElement(document);
  popover.addEventListener('beforetoggle', function closed(event: Event): void {
    if ((event as ToggleEvent).newState !== 'closed') return;
    popover.removeEventListener('beforetoggle', closed);
    const now = focusedElement(document);
    const lost = !now || now === document.body || isInside(now, popover);
    if (lost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
}

function isInside(element: Element, ancestor: Element): boolean {
  let node: Node | null = element;
  while (node && node !== ancestor) node = node instanceof ShadowRoot ? node.host : node.parentNode;
  return node === ancestor;
}
