import type { ObjectRecord, PromptRecord } from '../../annotation';
import type { RunLength } from '../../mask';
import type { ViewMode } from '../../protocol';
import { runLengthBox } from './mask-lookup';
import { paintMasks, paintOtherFrame, paintPlainMasks } from './paint-masks';
import type { MaskPaths, PaintedMask } from './paint-masks';
import { paintCross, paintDraftBox, paintPrompts } from './paint-prompts';
import type { PaintedPrompt } from './paint-prompts';
import { paintBrushTip, paintPreview, paintStroke } from './paint-strokes';
import type { BrushTip, PaintedStroke } from './paint-strokes';
import { placeNames } from './place-names';
import type { NameRequest } from './place-names';
import { boxOnScreen } from './prompt-geometry';
import type { PictureShape, Point, Size, ViewTransform } from './view-transform';

/** Names at all objects, digits at all but the chosen one, the chosen one's name alone, or nothing. */
export type NameStyle = 'names' | 'digits' | 'chosen' | 'none';

/** Everything on the stage at one moment. */
export interface StageScene {
  readonly view: ViewTransform;
  readonly stage: Size;
  readonly video: PictureShape;
  /** With its own pixels across, which may be fewer than the video's. */
  readonly picture: { readonly image: CanvasImageSource; readonly width: number } | null;
  readonly mode: ViewMode;
  readonly opacity: number;
  readonly outlines: boolean;
  /** A white core in every outline, not in the chosen object's alone. */
  readonly contrast: boolean;
  /** Visible objects in the order of the list, with their masks where they have one here. */
  readonly objects: readonly { readonly object: ObjectRecord; readonly mask: RunLength | null }[];
  readonly chosenId: string | null;
  /** The objects that an open alarm is about, and the mask that was last as it should be; the others are dimmed. */
  readonly focus: { readonly objectIds: readonly string[]; readonly lastGood: RunLength | null } | null;
  readonly prompts: readonly PromptRecord[];
  readonly chosenPromptId: string | null;
  isPending(promptId: string): boolean;
  readonly draftBox: { readonly from: Point; readonly to: Point } | null;
  readonly stroke: PaintedStroke | null;
  /** The mask that a click would make. */
  readonly preview: RunLength | null;
  readonly brush: BrushTip | null;
  readonly cross: Point | null;
  readonly names: NameStyle;
  /** The font family of names. */
  readonly font: string;
}

/** From this many device pixels a stored pixel, pixels are drawn as squares. */
const squaresFrom = 4;

/** From this many device pixels for each of the picture's own, each of its pixels counts without smaller copies of it. */
const fineFrom = 0.5;

/** Paints the scene. The context's unit is a CSS pixel; `pixelRatio` is what it is scaled by. */
export function paintStage(
  context: CanvasRenderingContext2D,
  scene: StageScene,
  paths: MaskPaths,
  pixelRatio: number,
): void {
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, scene.stage.width, scene.stage.height);
  paintPicture(context, scene, pixelRatio);
  const painted = paintedMasks(scene);
  if (scene.mode === 'overlay') paintMasks(context, painted, paths, scene.view, scene);
  if (scene.mode === 'masks') paintPlainMasks(context, painted, paths, scene.view);
  if (scene.focus?.lastGood && scene.mode === 'overlay')
    paintOtherFrame(context, scene.focus.lastGood, paths, scene.view);
  paintPrompts(context, paintedPrompts(scene), scene.view);
  if (scene.draftBox) {
    const { from, to } = scene.draftBox;
    paintDraftBox(context, from, to, colorOf(scene, scene.chosenId), scene.view);
  }
  if (scene.preview) paintPreview(context, scene.preview, colorOf(scene, scene.chosenId), paths, scene.view);
  if (scene.stroke) paintStroke(context, scene.stroke, colorOf(scene, scene.chosenId), scene.view);
  if (scene.brush) paintBrushTip(context, scene.brush, scene.view);
  if (scene.cross) paintCross(context, scene.cross, scene.view);
  if (scene.names !== 'none' && (scene.mode === 'overlay' || scene.mode === 'masks'))
    paintNames(context, scene);
}

function paintPicture(context: CanvasRenderingContext2D, scene: StageScene, pixelRatio: number): void {
  const { view, video } = scene;
  const [width, height] = [video.width * view.scaleX, video.height * view.scaleY];
  if (scene.mode === 'masks' || !scene.picture) {
    context.fillStyle = '#000';
    context.fillRect(view.left, view.top, width, height);
    return;
  }
  context.imageSmoothingEnabled = view.scaleY * pixelRatio < squaresFrom;
  // The browser's best makes smaller copies of a picture first, which takes longer than all the rest: only where it helps.
  const scale = (width * pixelRatio) / scene.picture.width;
  context.imageSmoothingQuality = scale < fineFrom ? 'high' : 'low';
  context.drawImage(scene.picture.image, view.left, view.top, width, height);
}

function paintedMasks(scene: StageScene): PaintedMask[] {
  return scene.objects.flatMap(({ object, mask }) =>
    mask
      ? [
          {
            ...{
              mask,
              color: object.color,
              chosen: object.id === scene.chosenId,
              dashed: object.number > 12,
            },
            dimmed: scene.focus !== null && !scene.focus.objectIds.includes(object.id),
          },
        ]
      : [],
  );
}

function paintedPrompts(scene: StageScene): PaintedPrompt[] {
  return scene.prompts.map((prompt) => ({
    prompt,
    color: colorOf(scene, prompt.objectId),
    chosen: prompt.id === scene.chosenPromptId,
    pending: scene.isPending(prompt.id),
  }));
}

function colorOf(scene: StageScene, objectId: string | null): string {
  return scene.objects.find((one) => one.object.id === objectId)?.object.color ?? '#73c4e2';
}

const nameHeight = 18;

function paintNames(context: CanvasRenderingContext2D, scene: StageScene): void {
  const named = scene.objects
    .filter(({ object }) => scene.names !== 'chosen' || object.id === scene.chosenId)
    .sort((a, b) => Number(b.object.id === scene.chosenId) - Number(a.object.id === scene.chosenId));
  const requests: NameRequest[] = [];
  for (const { object, mask } of named) {
    const box = mask && runLengthBox(mask);
    if (!box) continue;
    const width = nameWidth(context, scene, object);
    requests.push({ id: object.id, box: boxOnScreen(scene.view, box), width, height: nameHeight });
  }
  for (const place of placeNames(requests, scene.stage)) {
    const { object } = named.find((one) => one.object.id === place.id)!;
    paintName(context, scene, object, place.left, place.top);
  }
}

function hasWords(scene: StageScene, object: ObjectRecord): boolean {
  return scene.names !== 'digits' || object.id === scene.chosenId;
}

function nameWidth(context: CanvasRenderingContext2D, scene: StageScene, object: ObjectRecord): number {
  if (!hasWords(scene, object)) return swatchWidth(object);
  context.font = nameFont(scene, object);
  return swatchWidth(object) + 11 + context.measureText(object.name).width;
}

function swatchWidth(object: ObjectRecord): number {
  return object.number > 99 ? 26 : nameHeight;
}

function nameFont(scene: StageScene, object: ObjectRecord): string {
  return `${object.id === scene.chosenId ? 600 : 400} 11px ${scene.font}`;
}

function paintName(
  context: CanvasRenderingContext2D,
  scene: StageScene,
  object: ObjectRecord,
  left: number,
  top: number,
): void {
  const width = nameWidth(context, scene, object);
  const swatch = swatchWidth(object);
  context.beginPath();
  context.roundRect(left, top, width, nameHeight, 3);
  context.fillStyle = 'rgba(0, 0, 0, 0.78)';
  context.fill();
  if (object.id === scene.chosenId) {
    context.strokeStyle = '#fff';
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.beginPath();
  context.roundRect(left, top, swatch, nameHeight, hasWords(scene, object) ? [3, 0, 0, 3] : 3);
  context.fillStyle = object.color;
  context.fill();
  context.textBaseline = 'middle';
  context.fillStyle = '#000';
  context.font = `700 11px ${scene.font}`;
  context.textAlign = 'center';
  context.fillText(String(object.number), left + swatch / 2, top + nameHeight / 2 + 0.5);
  if (!hasWords(scene, object)) return;
  context.textAlign = 'left';
  context.fillStyle = '#fff';
  context.font = nameFont(scene, object);
  context.fillText(object.name, left + swatch + 5, top + nameHeight / 2 + 0.5);
}
