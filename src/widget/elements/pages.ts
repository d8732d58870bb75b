import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PageId } from '../commands';
import type { CanvasDesk, OpeningDesk } from '../controllers';

const titles: Readonly<Record<PageId, string>> = {
  guide: 'Guide',
  settings: 'Settings',
  export: 'Export',
  'save-as': 'Save as',
  'start-over': 'Start over',
  close: 'Close the session',
  open: 'Open another',
};

/** The page that lies over the canvas. */
export function pageOver(desk: CanvasDesk, opening: OpeningDesk): TemplateResult | '' {
  const { page } = desk.pages;
  if (page === null) return '';
  return html`<masklet-page data-page role="dialog" aria-label=${titles[page]} .title=${titles[page]}
    >${page === 'open' ? openingContent(desk, opening) : pageContent(desk, page)}</masklet-page
  >`;
}

/** What there is to open; what is on the canvas stays until then. */
function openingContent({ video }: CanvasDesk, opening: OpeningDesk): TemplateResult {
  return html`<masklet-opening-page
    .desk=${opening}
    .revision=${opening.revision}
    .instead=${video.name}
  ></masklet-opening-page>`;
}

function pageContent(desk: CanvasDesk, page: Exclude<PageId, 'open'>): TemplateResult {
  const { pages, state, document } = desk;
  switch (page) {
    case 'guide':
      return html`<masklet-guide-page></masklet-guide-page>`;
    case 'settings':
      return html`<masklet-settings-page
        .settings=${document.settings}
        .place=${state.place}
        .engine=${state.engine}
        .models=${state.models.entries}
        .running=${state.run !== null || state.waitingRuns.length > 0}
        .editable=${desk.editable}
      ></masklet-settings-page>`;
    case 'export':
      return html`<masklet-export-page
        .formats=${pages.formats}
        .exporting=${state.exporting}
        .objects=${document.objects}
        .range=${desk.range}
        .frameCount=${desk.video.frameCount}
        .name=${desk.video.name}
        .busy=${pages.busy}
        .outcome=${pages.outcome}
      ></masklet-export-page>`;
    default:
      return html`<masklet-keeping-page
        .question=${page}
        .saving=${state.saving}
        .name=${desk.video.name}
        .busy=${pages.busy}
        .outcome=${pages.outcome}
      ></masklet-keeping-page>`;
  }
}
