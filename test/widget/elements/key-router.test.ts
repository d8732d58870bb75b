import { describe, expect, it } from '@jest/globals';
import { belongsToNotebook, focusedPart, routeKey } from '../../../src/widget/elements/key-router';

const press = (key: string, more: object = {}) => ({
  key,
  code: '',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});

describe('keys inside the widget', () => {
  it('go to the canvas from wherever they are not needed', () => {
    for (const part of ['canvas', 'button', 'slider'] as const)
      expect(routeKey(press('d'), part)?.command).toEqual({ do: 'step', by: 1 });
  });

  it('stay in a field that is written in, but for Escape', () => {
    expect(routeKey(press('d'), 'text')).toBeNull();
    expect(routeKey(press('ArrowLeft'), 'text')).toBeNull();
    expect(routeKey(press('Delete'), 'text')).toBeNull();
    expect(routeKey(press('Escape'), 'text')?.command.do).toBe('step-out');
  });

  it('press a button that has the focus', () => {
    expect(routeKey(press(' '), 'button')).toBeNull();
    expect(routeKey(press('Enter'), 'button')).toBeNull();
    expect(routeKey(press(' '), 'canvas')?.command.do).toBe('play');
  });

  it('move a slider that has the focus', () => {
    expect(routeKey(press('ArrowLeft'), 'slider')).toBeNull();
    expect(routeKey(press('Home'), 'slider')).toBeNull();
    expect(routeKey(press('t'), 'slider')?.command.do).toBe('propagate');
  });

  it('choose from a list that has the focus', () => {
    expect(routeKey(press('ArrowDown'), 'list')).toBeNull();
    expect(routeKey(press('1'), 'list')).toBeNull();
  });
});

it.each([
  ['<input>', 'text'],
  ['<input type="range">', 'slider'],
  ['<input type="checkbox">', 'button'],
  ['<input type="color">', 'button'],
  ['<textarea></textarea>', 'text'],
  ['<select></select>', 'list'],
  ['<button></button>', 'button'],
  ['<canvas></canvas>', 'canvas'],
])('%s takes keys as a %s', (html, part) => {
  document.body.innerHTML = html;
  expect(focusedPart(document.body.firstElementChild)).toBe(part);
});

it('the notebook keeps saving, running cells and its palette; letters never reach it', () => {
  expect(belongsToNotebook(press('s', { ctrlKey: true }))).toBe(true);
  expect(belongsToNotebook(press('s', { metaKey: true }))).toBe(true);
  expect(belongsToNotebook(press('Enter', { shiftKey: true }))).toBe(true);
  expect(belongsToNotebook(press('Enter', { altKey: true }))).toBe(true);
  expect(belongsToNotebook(press('Enter'))).toBe(false);
  expect(belongsToNotebook(press('z', { ctrlKey: true }))).toBe(false);
  expect(belongsToNotebook(press('c', { ctrlKey: true }))).toBe(true);
  for (const key of ['d', 'b', 'x', 'z', 'ArrowDown', 'Escape'])
    expect(belongsToNotebook(press(key))).toBe(false);
});
