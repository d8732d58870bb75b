import { findShortcut } from '../commands';
import type { KeyPress, Shortcut } from '../commands';

/** What has the focus: it keeps the keys that are its own. */
export type FocusedPart = 'text' | 'slider' | 'list' | 'button' | 'canvas';

/** The part an element is, as far as keys go. */
export function focusedPart(element: EventTarget | null): FocusedPart {
  if (!(element instanceof HTMLElement)) return 'canvas';
  if (element.isContentEditable || element.tagName === 'TEXTAREA') return 'text';
  if (element.tagName === 'SELECT') return 'list';
  if (element.tagName === 'BUTTON' || element.tagName === 'LABEL') return 'button';
  if (element.tagName !== 'INPUT') return 'canvas';
  const { type } = element as HTMLInputElement;
  if (type === 'range') return 'slider';
  return type === 'checkbox' || type === 'color' ? 'button' : 'text';
}

const sliderKeys = /^(Arrow|Home|End|Page)/;

/** The shortcut of a key pressed in a part of the widget, or null when the key is that part's or the notebook's. */
export function routeKey(press: KeyPress, part: FocusedPart): Shortcut | null {
  if (press.key === 'Escape') return findShortcut(press);
  if (part === 'text') return null;
  if (part === 'list' && !press.altKey) return null;
  if (part === 'slider' && sliderKeys.test(press.key)) return null;
  if (part === 'button' && (press.key === ' ' || press.key === 'Enter')) return null;
  return findShortcut(press);
}

/**
 * True for chords that stay the notebook's while the focus is in the widget: save, run the cell, the palette. All
 * else is kept from it, so that a `d d` meant for frames does not delete a cell.
 */
export function belongsToNotebook(press: KeyPress): boolean {
  if (press.ctrlKey || press.metaKey) return findShortcut(press) === null;
  return press.key === 'Enter' && (press.shiftKey || press.altKey);
}
