import { describe, expect, it } from '@jest/globals';
import { chordOf, findShortcut, keyHint, shortcutLines, shortcuts } from '../../../src/widget/commands';
import type { KeyPress } from '../../../src/widget/commands';

/** A key press from a chord such as `Shift+A`. */
function press(chord: string, code = ''): KeyPress {
  const parts = chord.split('+').filter((part) => part !== '');
  const key = chord.endsWith('+') ? '+' : parts[parts.length - 1]!;
  return {
    key: key === 'Space' ? ' ' : key,
    code: code === '' && /^\d$/.test(key) ? `Digit${key}` : code,
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
  };
}

describe('the table of shortcuts', () => {
  it('gives each chord one meaning', () => {
    const chords = shortcuts.flatMap((one) => one.keys);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it.each([
    ['a', { do: 'step', by: -1 }],
    ['ArrowRight', { do: 'step', by: 1 }],
    ['Shift+D', { do: 'step', by: 10 }],
    ['w', { do: 'step-object', by: -1 }],
    ['ArrowDown', { do: 'step-object', by: 1 }],
    ['Home', { do: 'go-to-end', end: 'first' }],
    ['Space', { do: 'play', way: 1 }],
    ['Shift+Space', { do: 'play', way: -1 }],
    ['i', { do: 'set-range-end', end: 'first' }],
    ['3', { do: 'choose-number', number: 3 }],
    ['n', { do: 'new-object' }],
    ['x', { do: 'flip-sign' }],
    ['t', { do: 'propagate', direction: 'forward' }],
    ['Shift+T', { do: 'propagate', direction: 'backward' }],
    ['Alt+t', { do: 'propagate', direction: 'both' }],
    ['Shift+Escape', { do: 'cancel-run' }],
    ['Escape', { do: 'step-out' }],
    ['Delete', { do: 'remove-prompt', promptId: null }],
    ['Ctrl+z', { do: 'undo' }],
    ['Meta+z', { do: 'undo' }],
    ['Ctrl+Shift+Z', { do: 'redo' }],
    ['Ctrl+y', { do: 'redo' }],
    ['k', { do: 'toggle-barrier' }],
    ['l', { do: 'choose-tool', tool: 'lasso' }],
    ['b', { do: 'choose-tool', tool: 'brush' }],
    [']', { do: 'scale-brush', by: 1 }],
    ['Shift+K', { do: 'lock-object', objectId: null, span: null, on: null }],
    ['u', { do: 'mark-absent', objectId: null, span: null, on: null }],
    ['Shift+W', { do: 'move-object', objectId: null, by: -1 }],
    ['Shift+E', { do: 'go-to-barrier', way: 1 }],
    ['c', { do: 'carry-correction' }],
    ['f', { do: 'fit' }],
    ['z', { do: 'one-to-one' }],
    ['Alt+Shift+ArrowUp', { do: 'move-cross', dx: 0, dy: -10 }],
    ['Shift+Insert', { do: 'prompt-at-cross', positive: false }],
  ])('%s means %j', (chord, command) => {
    expect(findShortcut(press(chord))?.command).toEqual(command);
  });

  it('knows Shift with a digit by the key, whatever the layout writes', () => {
    expect(findShortcut({ ...press('Shift+"'), code: 'Digit2' })?.command).toEqual({
      do: 'set-mode',
      mode: 'prompts',
    });
  });

  it('knows Alt with a letter by the key, as a Mac writes † there', () => {
    expect(findShortcut({ ...press('Alt+†'), code: 'KeyT' })?.command).toMatchObject({ direction: 'both' });
  });

  it('follows the letter, not its place, on other layouts', () => {
    expect(findShortcut({ ...press('a'), code: 'KeyQ' })?.command).toEqual({ do: 'step', by: -1 });
  });

  it.each([
    'Ctrl+s',
    'Meta+s',
    'Ctrl+Enter',
    'Shift+Enter',
    'Alt+Enter',
    'Ctrl+Shift+C',
    'Ctrl+B',
    'Tab',
    'm',
  ])('never takes %s', (chord) => {
    expect(findShortcut(press(chord))).toBeNull();
  });

  it('writes zoom as every keyboard has it', () => {
    for (const chord of ['+', '=', 'Shift++']) expect(findShortcut(press(chord))?.command.do).toBe('zoom');
    expect(findShortcut(press('-'))?.command).toEqual({ do: 'zoom', factor: 1 / 1.25 });
  });

  it('repeats only what can be held down', () => {
    expect(findShortcut(press('d'))?.repeats).toBe(true);
    expect(findShortcut(press('n'))?.repeats).toBeUndefined();
    expect(findShortcut(press('t'))?.repeats).toBeUndefined();
  });
});

it('hints come from the same table', () => {
  expect(keyHint({ do: 'step', by: 1 })).toBe('D');
  expect(keyHint({ do: 'set-mode', mode: 'masks' })).toBe('Shift+4');
  expect(keyHint({ do: 'set-speed', speed: 2 })).toBe('');
});

it('a chord is written with Alt before Shift', () => {
  expect(chordOf(press('Alt+Shift+A'))).toBe('Alt+Shift+A');
});

describe('the guide’s lines', () => {
  it('have every shortcut’s label; the digits are one line, the arrows of the cross-hair as well', () => {
    const lines = shortcutLines();
    const labels = new Set(shortcuts.map((one) => one.label));
    for (let n = 1; n <= 9; n++) labels.delete(`Choose object ${n}`);
    labels.add('Choose an object');
    expect(new Set(lines.map((one) => one.label))).toEqual(labels);
    expect(lines.map((one) => one.label)).toHaveLength(labels.size);
  });

  it('write chords as caps', () => {
    const caps = (label: string) => shortcutLines().find((one) => one.label === label)!.keys;
    expect(caps('Previous frame')).toEqual([['A'], ['←']]);
    expect(caps('Zoom in')).toEqual([['+']]);
    expect(caps('Redo')).toEqual([
      ['Ctrl', 'Y'],
      ['Ctrl', 'Shift', 'Z'],
    ]);
    expect(caps('Move the cross-hair')).toEqual([['Alt', '← ↑ → ↓']]);
    expect(caps('Guide and keys')).toEqual([['?']]);
  });
});
