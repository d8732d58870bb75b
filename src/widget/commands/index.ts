export { CommandEvent, sendCommand } from './command';
export type { Command, RunScope, ToolId } from './command';
export type { FeatureCommand, FrameSpan, ObjectCommand } from './object-command';
export { chordOf, findShortcut, keyHint, shortcuts } from './shortcuts';
export type { KeyPress, Shortcut } from './shortcuts';
