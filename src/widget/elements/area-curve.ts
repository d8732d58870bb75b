import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { AlarmView } from '../../protocol';
import type { AreaCurve } from '../controllers';
import { grouped } from '../theme';

const [width, height, edge] = [240, 36, 2];

/** The object's size around an alarm as a small curve, its frames shaded. */
export function areaCurve(
  { first, last }: Pick<AlarmView, 'first' | 'last'>,
  curve: AreaCurve | null,
  name: string,
): TemplateResult {
  if (!curve || curve.areas.length < 2) return html`<div class="curve"></div>`;
  const { areas } = curve;
  const end = curve.first + areas.length - 1;
  const step = width / (areas.length - 1);
  const most = Math.max(1, ...areas);
  const places = areas.map((area, i) => {
    const y = height - edge - (area / most) * (height - 2 * edge);
    return `${(i * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  const from = Math.max(0, first - curve.first - 0.5) * step;
  const to = Math.min(areas.length - 1, last - curve.first + 0.5) * step;
  const words = `Size of ${name} on frames ${grouped(curve.first)} to ${grouped(end)}: ${grouped(Math.min(...areas))} to ${grouped(most)} pixels`;
  return html`<svg
    class="curve"
    viewBox=${`0 0 ${width} ${height}`}
    preserveAspectRatio="none"
    role="img"
    aria-label=${words}
  >
    ${svg`<title>${words}</title>
    <rect class="extent" x=${from} y="0" width=${Math.max(2, to - from)} height=${height}></rect>
    <line class="ground" x1="0" x2=${width} y1=${height - edge} y2=${height - edge}></line>
    <path d=${`M${places.join('L')}`}></path>`}
  </svg>`;
}
