import type { PromptRecord } from '../../annotation';
import type { Point } from '../drawing';
import type { ToolBox } from '../tools';
import type { AlarmReview } from './alarm-review';
import type { PageDesk } from './page-desk';
import type { Playback } from './playback';

/** What may be under way on a canvas. */
export interface UnderWay {
  readonly tools: ToolBox;
  readonly pages: PageDesk;
  readonly playback: Playback;
  readonly alarms: AlarmReview;
  readonly chosenPrompt: PromptRecord | null;
  readonly cross: Point | null;
  choosePrompt(promptId: string | null): void;
  setCross(cross: Point | null): void;
  changed(): void;
}

/** Ends the innermost thing under way. False when there is none, so that the keys go back to the notebook. */
export function stepOut(desk: UnderWay): boolean {
  if (desk.tools.cancel()) return true;
  if (desk.pages.close()) return true;
  if (desk.playback.playing) desk.playback.stop();
  else if (desk.tools.tool === 'brush' || desk.tools.tool === 'lasso') desk.tools.choose('point');
  else if (desk.alarms.open) desk.alarms.close();
  else if (desk.chosenPrompt === null && desk.cross === null) return false;
  else {
    desk.choosePrompt(null);
    desk.setCross(null);
  }
  desk.changed();
  return true;
}
