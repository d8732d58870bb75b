import type { ObjectRecord, PromptRecord } from '../../annotation';
import type { Stroke } from '../../mask';
import type { PlaceView, VideoView, WidgetState } from '../../protocol';
import { boxBetween, nearestPixel } from '../drawing';
import type { Point, PromptHit } from '../drawing';
import type { DrawnStrokes } from './drawn-strokes';
import type { EditDesk } from './edit-desk';

/** The last prompt that was given, to show at it that its mask is being computed. */
export interface TouchedPrompt {
  readonly frame: number;
  readonly objectId: string;
  readonly at: Point;
}

/** What giving prompts needs of the canvas. */
export interface PromptPort {
  readonly editable: boolean;
  readonly frame: number;
  readonly video: VideoView;
  readonly state: WidgetState;
  readonly chosenObject: ObjectRecord | null;
  readonly edits: EditDesk;
  readonly strokes: DrawnStrokes;
  readonly playback: { stop(): void };
  touch(touched: TouchedPrompt): void;
  place(patch: Partial<PlaceView>): void;
  choosePrompt(promptId: string | null): void;
  changed(): void;
}

/** What the tools do with prompts; nothing while the canvas cannot be edited. */
export interface PromptTools {
  addPoint(picture: Point, positive: boolean): void;
  addBox(from: Point, to: Point): void;
  movePrompt(prompt: PromptRecord): void;
  draw(stroke: Stroke, adds: boolean): void;
  choosePrompt(hit: PromptHit | null): void;
}

/** The part of the tools' port that changes prompts. */
export function promptTools(desk: PromptPort): PromptTools {
  const given = (objectId: string, at: Point): void => {
    desk.touch({ frame: desk.frame, objectId, at });
    // A prompt in a view that does not show prompts would seem lost.
    const mode = desk.state.place.mode === 'original' ? 'overlay' : desk.state.place.mode;
    desk.place({ objectId, mode });
  };
  const here = (): { objectId: string | null; frame: number } => {
    desk.playback.stop();
    return { objectId: desk.chosenObject?.id ?? null, frame: desk.frame };
  };
  return {
    addPoint: (picture, positive) => {
      if (!desk.editable) return;
      const at = nearestPixel(desk.video, picture);
      desk.choosePrompt(null);
      given(desk.edits.addPoint(here(), at.x, at.y, positive), at);
    },
    addBox: (from, to) => {
      if (!desk.editable) return;
      const box = boxBetween(desk.video, from, to);
      if (box.x1 - box.x0 < 1 || box.y1 - box.y0 < 1) return;
      given(desk.edits.setBox(here(), box), { x: box.x1, y: box.y0 });
    },
    movePrompt: (prompt) => {
      if (!desk.editable || prompt.kind === 'mask') return;
      desk.edits.movePrompt(prompt);
      given(prompt.objectId, prompt.kind === 'point' ? prompt : { x: prompt.x1, y: prompt.y0 });
    },
    draw: (stroke, adds) => {
      const place = here();
      // There is nothing to take away from where no object is.
      if (!desk.editable || (place.objectId === null && !adds)) return;
      desk.choosePrompt(null);
      const { objectId, drawn } = desk.edits.draw(place, stroke, adds);
      const shown = desk.strokes.add({ objectId, frame: place.frame, stroke, adds });
      drawn
        .then(
          (version) => shown.arrived(version),
          () => shown.refused(),
        )
        .finally(() => desk.changed());
      const mode = desk.state.place.mode === 'original' ? 'overlay' : desk.state.place.mode;
      desk.place({ objectId, mode });
    },
    choosePrompt: (hit) => {
      desk.choosePrompt(hit?.prompt.id ?? null);
      if (hit && hit.prompt.objectId !== desk.chosenObject?.id) desk.place({ objectId: hit.prompt.objectId });
      else desk.changed();
    },
  };
}
