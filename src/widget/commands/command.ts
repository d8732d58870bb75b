import type { DocumentSettings } from '../../annotation';
import type { PlaceView, RunDirection, ViewMode } from '../../protocol';
import type { FeatureCommand, ObjectCommand } from './object-command';
import type { ReviewCommand } from './review-command';

/** The tools of the strip. */
export type ToolId = 'select' | 'point' | 'box' | 'brush' | 'lasso';

/** Pages that lie over the canvas, one at a time. */
export type PageId = 'guide' | 'settings' | 'export' | 'save-as' | 'start-over' | 'close' | 'open';

/** Which objects a run is for: all that have prompts, or those named. */
export type RunScope = 'all' | readonly string[];

/**
 * Everything a user can ask for. Buttons, keys and menus all say one of these to the canvas desk, and nothing else
 * changes what is shown.
 */
export type Command =
  // Frames
  | { readonly do: 'go-to-frame'; readonly frame: number }
  | { readonly do: 'step'; readonly by: number }
  | { readonly do: 'go-to-end'; readonly end: 'first' | 'last' }
  | { readonly do: 'go-to-prompted'; readonly way: 1 | -1 }
  | { readonly do: 'play'; readonly way: 1 | -1 }
  | { readonly do: 'set-speed'; readonly speed: number }
  | { readonly do: 'set-range'; readonly range: readonly [first: number, last: number] | null }
  | { readonly do: 'set-range-end'; readonly end: 'first' | 'last' }
  // Objects
  | { readonly do: 'choose-object'; readonly objectId: string }
  | { readonly do: 'choose-number'; readonly number: number }
  | { readonly do: 'step-object'; readonly by: 1 | -1 }
  | { readonly do: 'new-object' }
  | { readonly do: 'rename-object'; readonly objectId: string; readonly name: string }
  | { readonly do: 'recolor-object'; readonly objectId: string; readonly color: string }
  | { readonly do: 'remove-object'; readonly objectId: string }
  | { readonly do: 'hide-object'; readonly objectId: string | null; readonly hidden: boolean | null }
  | { readonly do: 'show-only-chosen'; readonly only: boolean }
  | ObjectCommand
  | FeatureCommand
  | ReviewCommand
  // Tools and prompts
  | { readonly do: 'choose-tool'; readonly tool: ToolId }
  | { readonly do: 'flip-sign' }
  /** The brush's radius in stored pixels. */
  | { readonly do: 'set-brush'; readonly radius: number }
  | { readonly do: 'scale-brush'; readonly by: 1 | -1 }
  | { readonly do: 'choose-prompt'; readonly promptId: string | null }
  | { readonly do: 'remove-prompt'; readonly promptId: string | null }
  /** Takes every prompt of the chosen object off this frame. */
  | { readonly do: 'clear-prompts' }
  | { readonly do: 'move-cross'; readonly dx: number; readonly dy: number }
  | { readonly do: 'prompt-at-cross'; readonly positive: boolean }
  // What was done
  | { readonly do: 'undo' }
  | { readonly do: 'redo' }
  /** Locks the frame in sight, or unlocks it. */
  | { readonly do: 'toggle-barrier' }
  // Runs
  /** Carries the chosen object's correction on this frame outward, as far as it makes a difference. */
  | { readonly do: 'carry-correction' }
  | { readonly do: 'set-direction'; readonly direction: RunDirection }
  | { readonly do: 'set-scope'; readonly scope: RunScope }
  /** While another run is under way it waits for its turn, or replaces that. */
  | { readonly do: 'propagate'; readonly direction?: RunDirection; readonly replaces?: boolean }
  /** Ends the run under way; what is done stays. */
  | { readonly do: 'cancel-run' }
  /** Takes a run that waits out of the queue, or lets it begin in the place of the one under way. */
  | { readonly do: 'drop-run'; readonly runId: string }
  | { readonly do: 'start-run-now'; readonly runId: string }
  | { readonly do: 'follow-run'; readonly follow: boolean }
  // View
  | { readonly do: 'set-mode'; readonly mode: ViewMode }
  | { readonly do: 'set-opacity'; readonly opacity: number }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'fit' }
  | { readonly do: 'one-to-one' }
  // Models
  | {
      readonly do: 'use-model';
      readonly model: string;
      readonly provider: string;
      readonly fast?: boolean;
      readonly threads?: number;
      readonly cacheMiB?: number;
    }
  | { readonly do: 'add-model'; readonly model: string }
  | { readonly do: 'stop-adding' }
  /** A cell waits for the user, who is done. */
  | { readonly do: 'say-done' }
  | { readonly do: 'dismiss-notice'; readonly key: string }
  // Pages over the canvas, and what they do
  | { readonly do: 'open-page'; readonly page: PageId }
  | { readonly do: 'close-page' }
  /** Somebody looks at the monitor, or no longer does. */
  | { readonly do: 'watch-resources'; readonly on: boolean }
  | {
      readonly do: 'export';
      readonly format: string;
      readonly folder: string;
      readonly objectIds: readonly string[];
      readonly range: readonly [first: number, last: number] | null;
    }
  | { readonly do: 'cancel-export' }
  | { readonly do: 'save-as'; readonly path: string }
  | { readonly do: 'start-over' }
  | { readonly do: 'close-session' }
  /** Opens the session here that could only be looked at, now that nobody else has it. */
  | { readonly do: 'take-over' }
  | { readonly do: 'change-settings'; readonly patch: Partial<DocumentSettings> }
  | { readonly do: 'set-look'; readonly patch: Partial<Pick<PlaceView, 'names' | 'outlines' | 'contrast'>> }
  /** Says what the page itself has to do: places that only elements know. */
  | { readonly do: 'ask-for-frame' }
  | { readonly do: 'full-screen' }
  | { readonly do: 'step-out' };

/** A command on its way from an element to the workbench around it. */
export class CommandEvent extends Event {
  static readonly type = 'masklet-command';
  readonly command: Command;

  constructor(command: Command) {
    super(CommandEvent.type, { bubbles: true, composed: true });
    this.command = command;
  }
}

/** Sends a command from an element to the workbench around it. */
export function sendCommand(from: EventTarget, command: Command): void {
  from.dispatchEvent(new CommandEvent(command));
}
