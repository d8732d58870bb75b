const gap = 4;

/** Opens a popover under its button, or above it where there is no room, inside the window. */
export function openPopover(popover: HTMLElement, button: HTMLElement): void {
  popover.style.position = 'fixed';
  popover.style.margin = '0';
  popover.showPopover();
  const from = button.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = from.bottom + gap;
  const top = below + height <= innerHeight - gap ? below : Math.max(gap, from.top - height - gap);
  const left = Math.min(Math.max(from.right - width, gap), innerWidth - width - gap);
  popover.style.top = `${top}px`;
  popover.style.left = `${left}px`;
  popover.querySelector<HTMLElement>('button, input')?.focus();
}
