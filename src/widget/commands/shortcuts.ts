import type { Command } from './command';

/** A key as a browser reports it; a plain record will do. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** One line of the guide and of the keyboard handler. */
export interface Shortcut {
  readonly group: 'Frames' | 'Objects' | 'Tools' | 'Runs' | 'Review' | 'View' | 'Always';
  readonly label: string;
  /** Chords such as `Shift+A`; a letter or digit stands for its key whatever the layout makes of it with Alt. */
  readonly keys: readonly string[];
  readonly command: Command;
  /** True where holding the key down repeats the command. */
  readonly repeats?: boolean;
}

const digits = Array.from({ length: 9 }, (_, index): Shortcut => {
  const number = index + 1;
  return {
    group: 'Objects',
    label: `Choose object ${number}`,
    keys: [String(number)],
    command: { do: 'choose-number', number },
  };
});

const views = (['original', 'prompts', 'overlay', 'masks'] as const).map((mode, index): Shortcut => ({
  group: 'View',
  label: `Show ${mode}`,
  keys: [`Shift+${index + 1}`],
  command: { do: 'set-mode', mode },
}));

const arrows = (
  [
    ['ArrowLeft', -1, 0],
    ['ArrowRight', 1, 0],
    ['ArrowUp', 0, -1],
    ['ArrowDown', 0, 1],
  ] as const
).flatMap(([key, dx, dy]): Shortcut[] => [
  {
    group: 'Tools',
    label: 'Move the cross-hair',
    keys: [`Alt+${key}`],
    command: { do: 'move-cross', dx, dy },
    repeats: true,
  },
  {
    group: 'Tools',
    label: 'Move the cross-hair 10 pixels',
    keys: [`Alt+Shift+${key}`],
    command: { do: 'move-cross', dx: dx * 10, dy: dy * 10 },
    repeats: true,
  },
]);

/** Every shortcut. The keyboard handler and the hints at the buttons are both made from this table. */
export const shortcuts: readonly Shortcut[] = [
  {
    group: 'Frames',
    label: 'Previous frame',
    keys: ['A', 'ArrowLeft'],
    command: { do: 'step', by: -1 },
    repeats: true,
  },
  {
    group: 'Frames',
    label: 'Next frame',
    keys: ['D', 'ArrowRight'],
    command: { do: 'step', by: 1 },
    repeats: true,
  },
  {
    group: 'Frames',
    label: '10 frames back',
    keys: ['Shift+A', 'Shift+ArrowLeft'],
    command: { do: 'step', by: -10 },
    repeats: true,
  },
  {
    group: 'Frames',
    label: '10 frames on',
    keys: ['Shift+D', 'Shift+ArrowRight'],
    command: { do: 'step', by: 10 },
    repeats: true,
  },
  {
    group: 'Frames',
    label: 'Previous prompted frame',
    keys: ['Q'],
    command: { do: 'go-to-prompted', way: -1 },
  },
  { group: 'Frames', label: 'Next prompted frame', keys: ['E'], command: { do: 'go-to-prompted', way: 1 } },
  { group: 'Frames', label: 'First frame', keys: ['Home'], command: { do: 'go-to-end', end: 'first' } },
  { group: 'Frames', label: 'Last frame', keys: ['End'], command: { do: 'go-to-end', end: 'last' } },
  { group: 'Frames', label: 'Play, pause', keys: ['Space'], command: { do: 'play', way: 1 } },
  { group: 'Frames', label: 'Play backward', keys: ['Shift+Space'], command: { do: 'play', way: -1 } },
  { group: 'Frames', label: 'Go to frame', keys: ['G'], command: { do: 'ask-for-frame' } },
  { group: 'Frames', label: 'Range in', keys: ['I'], command: { do: 'set-range-end', end: 'first' } },
  { group: 'Frames', label: 'Range out', keys: ['O'], command: { do: 'set-range-end', end: 'last' } },
  ...digits,
  {
    group: 'Objects',
    label: 'Previous object',
    keys: ['W', 'ArrowUp'],
    command: { do: 'step-object', by: -1 },
    repeats: true,
  },
  {
    group: 'Objects',
    label: 'Next object',
    keys: ['S', 'ArrowDown'],
    command: { do: 'step-object', by: 1 },
    repeats: true,
  },
  { group: 'Objects', label: 'New object', keys: ['N'], command: { do: 'new-object' } },
  {
    group: 'Objects',
    label: 'Hide, show',
    keys: ['H'],
    command: { do: 'hide-object', objectId: null, hidden: null },
  },
  {
    group: 'Objects',
    label: 'Move up in the list',
    keys: ['Shift+W'],
    command: { do: 'move-object', objectId: null, by: -1 },
    repeats: true,
  },
  {
    group: 'Objects',
    label: 'Move down in the list',
    keys: ['Shift+S'],
    command: { do: 'move-object', objectId: null, by: 1 },
    repeats: true,
  },
  {
    group: 'Objects',
    label: 'Lock, unlock in the range, or everywhere',
    keys: ['Shift+K'],
    command: { do: 'lock-object', objectId: null, span: null, on: null },
  },
  {
    group: 'Objects',
    label: 'Absent, present here or in the range',
    keys: ['U'],
    command: { do: 'mark-absent', objectId: null, span: null, on: null },
  },
  {
    group: 'Frames',
    label: 'Previous locked frame',
    keys: ['Shift+Q'],
    command: { do: 'go-to-barrier', way: -1 },
  },
  {
    group: 'Frames',
    label: 'Next locked frame',
    keys: ['Shift+E'],
    command: { do: 'go-to-barrier', way: 1 },
  },
  { group: 'Tools', label: 'Select, move', keys: ['V'], command: { do: 'choose-tool', tool: 'select' } },
  { group: 'Tools', label: 'Point', keys: ['P'], command: { do: 'choose-tool', tool: 'point' } },
  { group: 'Tools', label: 'Box', keys: ['R'], command: { do: 'choose-tool', tool: 'box' } },
  { group: 'Tools', label: 'Brush', keys: ['B'], command: { do: 'choose-tool', tool: 'brush' } },
  { group: 'Tools', label: 'Lasso', keys: ['L'], command: { do: 'choose-tool', tool: 'lasso' } },
  {
    group: 'Tools',
    label: 'Smaller brush',
    keys: ['['],
    command: { do: 'scale-brush', by: -1 },
    repeats: true,
  },
  {
    group: 'Tools',
    label: 'Larger brush',
    keys: [']'],
    command: { do: 'scale-brush', by: 1 },
    repeats: true,
  },
  { group: 'Tools', label: 'Flip the sign', keys: ['X'], command: { do: 'flip-sign' } },
  {
    group: 'Tools',
    label: 'Remove the chosen prompt',
    keys: ['Delete', 'Backspace'],
    command: { do: 'remove-prompt', promptId: null },
  },
  {
    group: 'Tools',
    label: 'Remove all prompts of the object here',
    keys: ['Shift+Delete', 'Shift+Backspace'],
    command: { do: 'clear-prompts' },
  },
  ...arrows,
  {
    group: 'Tools',
    label: 'Positive point at the cross-hair',
    keys: ['Insert'],
    command: { do: 'prompt-at-cross', positive: true },
  },
  {
    group: 'Tools',
    label: 'Negative point at the cross-hair',
    keys: ['Shift+Insert'],
    command: { do: 'prompt-at-cross', positive: false },
  },
  {
    group: 'Runs',
    label: 'Propagate forward',
    keys: ['T'],
    command: { do: 'propagate', direction: 'forward' },
  },
  {
    group: 'Runs',
    label: 'Propagate backward',
    keys: ['Shift+T'],
    command: { do: 'propagate', direction: 'backward' },
  },
  {
    group: 'Runs',
    label: 'Propagate both ways',
    keys: ['Alt+T'],
    command: { do: 'propagate', direction: 'both' },
  },
  {
    group: 'Runs',
    label: 'Cancel the run, keep what is done',
    keys: ['Shift+Escape'],
    command: { do: 'cancel-run' },
  },
  { group: 'Review', label: 'Previous alarm', keys: [','], command: { do: 'step-alarm', way: -1 } },
  { group: 'Review', label: 'Next alarm', keys: ['.'], command: { do: 'step-alarm', way: 1 } },
  { group: 'Review', label: 'Accept the open alarm', keys: ['Enter'], command: { do: 'accept-alarm' } },
  ...views,
  { group: 'View', label: 'Zoom out', keys: ['-'], command: { do: 'zoom', factor: 1 / 1.25 }, repeats: true },
  {
    group: 'View',
    label: 'Zoom in',
    keys: ['+', '=', 'Shift++', 'Shift+='],
    command: { do: 'zoom', factor: 1.25 },
    repeats: true,
  },
  { group: 'Always', label: 'Undo', keys: ['Ctrl+Z'], command: { do: 'undo' }, repeats: true },
  {
    group: 'Always',
    label: 'Redo',
    keys: ['Ctrl+Y', 'Ctrl+Shift+Z'],
    command: { do: 'redo' },
    repeats: true,
  },
  { group: 'Frames', label: 'Lock, unlock the frame', keys: ['K'], command: { do: 'toggle-barrier' } },
  { group: 'Runs', label: 'Carry this correction on', keys: ['C'], command: { do: 'carry-correction' } },
  { group: 'View', label: 'Fit', keys: ['F'], command: { do: 'fit' } },
  { group: 'View', label: '1:1', keys: ['Z'], command: { do: 'one-to-one' } },
  { group: 'View', label: 'Full screen', keys: ['Shift+F'], command: { do: 'full-screen' } },
  {
    group: 'Always',
    label: 'Guide and keys',
    keys: ['?', 'Shift+?', 'F1'],
    command: { do: 'open-page', page: 'guide' },
  },
  { group: 'Always', label: 'Close, then give the keys back', keys: ['Escape'], command: { do: 'step-out' } },
];

const byChord = new Map(shortcuts.flatMap((one) => one.keys.map((keys) => [keys, one] as const)));

/** The shortcut of a key, or null for keys that belong to the notebook: with Ctrl or Cmd all but undo and redo. */
export function findShortcut(press: KeyPress): Shortcut | null {
  return byChord.get(chordOf(press)) ?? null;
}

/** A chord as the table writes it: `Alt+Shift+ArrowUp`, `Shift+1`, `T`. */
export function chordOf(press: KeyPress): string {
  const key = keyName(press);
  // Cmd is a Mac's Ctrl.
  const control = press.ctrlKey || press.metaKey ? 'Ctrl+' : '';
  return `${control}${press.altKey ? 'Alt+' : ''}${press.shiftKey ? 'Shift+' : ''}${key}`;
}

function keyName({ key, code, altKey, shiftKey }: KeyPress): string {
  if (key === ' ' || code === 'Space') return 'Space';
  // With Shift or Alt the layout makes other characters of digits and letters.
  if (/^(Digit|Numpad)\d$/.test(code) && (shiftKey || altKey || /^\d$/.test(key))) return code.slice(-1);
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if (altKey && /^Key[A-Z]$/.test(code)) return code.slice(-1);
  return key;
}

/** A line of the guide: what a key does, and its chords as the caps to press. */
export interface ShortcutLine {
  readonly group: Shortcut['group'];
  readonly label: string;
  readonly keys: readonly (readonly string[])[];
}

/** The guide's lines: the nine digits and the arrows of one meaning are one line each. */
export function shortcutLines(): readonly ShortcutLine[] {
  const lines: ShortcutLine[] = [];
  for (const { group, label, keys } of shortcuts) {
    if (/^Choose object [2-9]$/.test(label)) continue;
    const digits = label === 'Choose object 1';
    const line = {
      group,
      label: digits ? 'Choose an object' : label,
      keys: digits ? [['1'], ['9']] : keys.map(capsOf),
    };
    const same = lines.findIndex((one) => one.group === group && one.label === label);
    if (same < 0) lines.push(line);
    else if (!label.startsWith('Move the cross-hair'))
      lines[same] = { ...lines[same]!, keys: [...lines[same]!.keys, ...line.keys] };
  }
  return lines.map((one) =>
    one.label.startsWith('Move the cross-hair')
      ? { ...one, keys: [[...one.keys[0]!.slice(0, -1), '← ↑ → ↓']] }
      : { ...one, keys: withoutTwins(one.keys) },
  );
}

/** Keys that a layout writes differently are shown once: `+` stands for `=` and `Shift++` as well. */
function withoutTwins(keys: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const first = keys[0]?.[0];
  if (first === '+' || first === '?') return [keys[0]!];
  return keys.slice(0, 2);
}

const capNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: '↵',
  '-': '−',
};

function capsOf(chord: string): readonly string[] {
  const parts = chord.endsWith('++')
    ? [...chord.slice(0, -2).split('+'), '+']
    : chord === '+'
      ? ['+']
      : chord.split('+');
  return parts.map((one) => capNames[one] ?? one);
}

/** The first key of a command's shortcut for hints at buttons, such as `Shift+A`; empty where it has none. */
export function keyHint(command: Command): string {
  const wanted = JSON.stringify(command);
  const found = shortcuts.find((one) => JSON.stringify(one.command) === wanted);
  return found?.keys[0] ?? '';
}
