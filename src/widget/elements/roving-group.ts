const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

/**
 * Arrow keys inside a toolbar or a group of radio buttons, which is one stop of the Tab key: they go to the next
 * button, and in a radio group or a list of tabs choose it. For use as `@keydown`.
 */
export function moveInGroup(event: KeyboardEvent): void {
  const step = steps[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const group = event.currentTarget as HTMLElement;
  const buttons = [...group.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const next = buttons[(at + step + buttons.length) % buttons.length];
  if (at < 0 || !next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
  if (['radio', 'tab'].includes(next.getAttribute('role') ?? '')) next.click();
}
