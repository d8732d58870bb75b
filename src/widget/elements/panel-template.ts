import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { CanvasDesk } from '../controllers';
import type { ObjectViews } from './object-views';

/** The side panel with its three parts, as the desk has them. */
export function panelTemplate(desk: CanvasDesk, views: ObjectViews): TemplateResult {
  const chosen = desk.chosenObject;
  return html`<masklet-side-panel>
    <masklet-objects-panel
      slot="objects"
      .rows=${views.rows(desk)}
      .classes=${desk.document.classes}
      .chosenId=${chosen?.id ?? null}
      .range=${desk.range}
      .editable=${desk.editable}
    ></masklet-objects-panel>
    <masklet-features-panel
      slot="features"
      .features=${desk.document.features}
      .lanes=${views.features(desk)}
      .frame=${desk.frame}
      .editable=${desk.editable}
      .objectName=${chosen?.name ?? null}
    ></masklet-features-panel>
    <masklet-review-panel slot="review"></masklet-review-panel>
  </masklet-side-panel>`;
}
