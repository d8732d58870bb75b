import type { Command } from '../commands';
import type { CanvasDesk } from './canvas-desk';

export type CommandKind = Command['do'];
export type CommandOf<K extends CommandKind> = Extract<Command, { readonly do: K }>;

/** Does a command of one kind. */
export type Performer<K extends CommandKind> = (desk: CanvasDesk, command: CommandOf<K>) => void;

/** A performer for each of some kinds. */
export type Performers<K extends CommandKind = CommandKind> = { readonly [One in K]: Performer<One> };

/** The canvas follows a run that the user starts; one that only joins the queue moves nothing. */
export function followStarted(desk: CanvasDesk, replaces: boolean = false): void {
  if (desk.state.run !== null && !replaces) return;
  desk.playback.stop();
  desk.setFollow(true);
}
