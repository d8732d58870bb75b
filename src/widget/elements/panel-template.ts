import { html } from 'lit';
import { alarmKinds } from '../../annotation';
import type { TemplateResult } from 'lit';
import type { CanvasDesk } from '../controllers';
import type { ObjectViews } from './object-views';

/** The side panel with its three parts, as the desk has them. */
export function panelTemplate(desk: CanvasDesk, views: ObjectViews): TemplateResult {
  const chosen = desk.chosenObject;
  return html`<masklet-side-panel .toReview=${total(desk)}>
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
    <masklet-review-panel
      slot="review"
      .review=${desk.state.review}
      .alarms=${desk.alarms.shown}
      .open=${desk.alarms.open}
      .curve=${desk.alarms.curve.around(desk.alarms.open)}
      .hiddenKinds=${alarmKinds.filter((kind) => !desk.alarms.isShown(kind))}
      .objects=${desk.document.objects}
      .editable=${desk.editable}
      .chosenId=${chosen?.id ?? null}
      .range=${desk.range}
      .checking=${desk.runs.checking}
      .hasMasks=${desk.state.coverage.some((one) => one.runs.length > 0)}
    ></masklet-review-panel>
  </masklet-side-panel>`;
}

/** How many alarms there are, whatever kinds are shown. */
function total({ state }: CanvasDesk): number {
  return Object.values(state.review.counts).reduce((sum, one) => sum + one, 0);
}
