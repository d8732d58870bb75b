import type { DocumentView } from '../../protocol';
import { isInPicture, isPixelSet, movedPrompt, nearestPixel, promptAt } from '../drawing';
import type { Point } from '../drawing';
import type { Draft, ToolPort } from '../tools';
import type { FrameMasks } from './mask-feed';
import type { PromptPort, PromptTools } from './prompt-tools';
import type { StageView } from './stage-view';

/** What the tools' port needs of the canvas, besides what giving prompts needs. */
export interface ToolSource extends PromptPort {
  readonly flipped: boolean;
  readonly document: DocumentView;
  readonly promptsInSight: readonly Parameters<ToolPort['movePrompt']>[0][];
  readonly masks: FrameMasks;
  readonly stage: StageView;
  readonly brushRadius: number;
  setDraft(draft: Draft | null): void;
}

/** All that the tools may ask of a canvas. */
export function toolPort(desk: ToolSource, prompts: PromptTools): ToolPort {
  return {
    ...prompts,
    isFlipped: () => desk.flipped,
    brushRadius: () => desk.brushRadius,
    promptAt: (screen) => promptAt(desk.promptsInSight, desk.stage.transform, screen),
    movedPrompt: (hit, from, to) => movedPrompt(hit, from, to, desk.video),
    chooseObjectAt: (picture) => chooseObjectAt(desk, picture),
    panBy: (by) => {
      desk.stage.panBy(by);
      desk.changed();
    },
    draft: (draft) => desk.setDraft(draft),
    isInPicture: (picture) => isInPicture(desk.video, picture),
  };
}

/** Chooses the first object of the list that has a mask there. */
function chooseObjectAt(desk: ToolSource, picture: Point): void {
  const { x, y } = nearestPixel(desk.video, picture);
  const found = desk.document.objects.find((one) => {
    const mask = one.hidden ? undefined : desk.masks.get(one.id);
    return mask && isPixelSet(mask, x, y);
  });
  if (found) desk.place({ objectId: found.id });
}
