export { CommandEvent, sendCommand } from './command';
export type { Command, PageId, RunScope, ToolId } from './command';
export type { FeatureCommand, FrameSpan, ObjectCommand } from './object-command';
export type { ReviewCommand } from './review-command';
export { chordOf, findShortcut, keyHint, shortcutLines, shortcuts } from './shortcuts';
export type { KeyPress, Shortcut, ShortcutLine } from './shortcuts';
