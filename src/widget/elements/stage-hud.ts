import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { sendCommand } from '../commands';
import type { CanvasDesk } from '../controllers';
import { previewChange } from '../controllers';
import { runLengthBox, toScreen } from '../drawing';
import type { StageScene } from '../drawing';
import { runLengthArea } from '../../mask';
import { grouped, icon } from '../theme';
import type { IconName } from '../theme';

/** How far the picture is zoomed, with buttons. */
export function zoomBox(stage: EventTarget, { stage: view }: CanvasDesk): TemplateResult {
  const percent = `${grouped(view.transform.scaleY * 100)} %`;
  const button = (name: string, hint: string, drawing: IconName, press: () => void): TemplateResult =>
    html`<button class="icon-button small" aria-label=${name} title=${`${name} (${hint})`} @click=${press}>
      ${icon(drawing)}
    </button>`;
  return html`<div class="hud zoom" role="group" aria-label="Zoom">
    ${button('Zoom out', '−', 'minus', () => sendCommand(stage, { do: 'zoom', factor: 1 / 1.25 }))}
    <button
      class="size"
      title="One pixel to one (Z)"
      @click=${() => sendCommand(stage, { do: 'one-to-one' })}
    >
      ${view.fits ? `Fit ${percent}` : percent}
    </button>
    ${button('Zoom in', '+', 'plus', () => sendCommand(stage, { do: 'zoom', factor: 1.25 }))}
    ${button('Fit the picture', 'F', 'fit', () => sendCommand(stage, { do: 'fit' }))}
  </div>`;
}

/** The size and sign of the brush, or the sign of the lasso. */
export function drawingBox(stage: EventTarget, desk: CanvasDesk): TemplateResult | '' {
  const { tool } = desk.tools;
  if ((tool !== 'brush' && tool !== 'lasso') || !desk.editable) return '';
  const radius = desk.brushRadius;
  const most = Math.max(20, Math.round(Math.max(desk.video.width, desk.video.height) / 8));
  return html`<div class="hud drawing" role="group" aria-label=${tool === 'brush' ? 'Brush' : 'Lasso'}>
    <button
      class="sign"
      aria-pressed=${desk.flipped}
      title="What the left button does; the right one does the opposite (X)"
      @click=${() => sendCommand(stage, { do: 'flip-sign' })}
    >
      ${icon(desk.flipped ? 'minus' : 'plus')} ${desk.flipped ? 'Takes away' : 'Adds'}
    </button>
    ${
      tool === 'brush'
        ? html`<input
              type="range"
              min="1"
              max=${most}
              step="1"
              aria-label="Width of the brush in pixels"
              title="Width of the brush ([ and ])"
              style=${`--filled: ${Math.min(100, (radius * 200) / most)}%`}
              .value=${String(Math.round(radius * 2))}
              @input=${(event: Event) =>
                sendCommand(stage, {
                  do: 'set-brush',
                  radius: Number((event.target as HTMLInputElement).value) / 2,
                })}
            />
            <output>${grouped(radius * 2)} px</output>`
        : ''
    }
  </div>`;
}

/** What an open alarm has the picture show: its objects, and the last good mask where that is of another frame. */
export function alarmFocus(desk: CanvasDesk): StageScene['focus'] {
  const { open } = desk.alarms;
  if (!open) return null;
  const objectIds = [open.objectId, ...(open.otherId === null ? [] : [open.otherId])];
  return { objectIds, lastGood: open.lastGood === desk.frame ? null : desk.lastGood };
}

/** Says of which frame the dashed outline is. */
export function alarmTip(desk: CanvasDesk): TemplateResult | '' {
  const mask = alarmFocus(desk)?.lastGood;
  const box = mask && runLengthBox(mask);
  if (!box || desk.state.place.mode !== 'overlay') return '';
  const { x, y } = toScreen(desk.stage.transform, { x: box.x0, y: box.y1 });
  return html`<span class="tip" style=${`left: ${x}px; top: ${y + 8}px`}
    >Dashed: frame ${grouped(desk.alarms.open!.lastGood!)}</span
  >`;
}

/** What a click would do, at the pointer, while Shift is held. */
export function previewTip(desk: CanvasDesk): TemplateResult | '' {
  const preview = desk.preview.shown;
  if (!preview) return '';
  const { x, y } = toScreen(desk.stage.transform, preview.wish);
  const waits = preview.area === null ? 'waits' : '';
  return html`<span class="tip ${waits}" style=${`left: ${x + 18}px; top: ${y + 14}px`}
    >${previewWords(desk)}</span
  >`;
}

function previewWords(desk: CanvasDesk): string {
  const { area, wish } = desk.preview.shown!;
  if (area === null) return desk.state.engine.state === 'starting' ? 'waits for the model' : 'computing';
  const mask = wish.objectId === null ? undefined : desk.masks.get(wish.objectId);
  const { sign, pixels } = previewChange(mask ? runLengthArea(mask) : 0, area);
  if (sign === '=') return 'no difference';
  return sign === '+' ? `+ adds ${grouped(pixels)} px` : `− takes away ${grouped(pixels)} px`;
}
