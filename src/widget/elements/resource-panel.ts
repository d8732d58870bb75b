import { LitElement, html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ProcessView, ResourcesView } from '../../protocol';
import { bytesWords, controls, duration } from '../theme';
import { resourceStyles } from './resource-styles';

const unknown = 'not available';

/** What the work takes (B2): from the notebook's process to the machine. What is not known is said in words. */
export class ResourcePanel extends LitElement {
  static override styles = [controls, resourceStyles];

  /** Null until the first figures have come. */
  @property({ attribute: false }) resources: ResourcesView | null = null;
  /** Frames per second over the last minute; null where nothing ran. */
  @property({ attribute: false }) rates: readonly (number | null)[] = [];

  override render(): TemplateResult {
    const { resources } = this;
    if (!resources) return html`<p class="quiet">Looking …</p>`;
    const { kernel, pictures, model, machine, gpu, caches, sessionBytes } = resources;
    return html`
      ${this.#pace(resources)}
      <h3>Memory</h3>
      <dl>
        ${memoryRow('Notebook’s process', kernel, machine.totalBytes)}
        ${memoryRow('Engine, pictures', pictures, machine.totalBytes)}
        ${memoryRow('Engine, model', model, machine.totalBytes)}
        ${row(
          'Machine',
          ratio(machine.memoryBytes, machine.totalBytes),
          of(machine.memoryBytes, machine.totalBytes),
        )}
        ${gpu ? row(`GPU, ${gpu.name}`, ratio(gpu.memoryBytes, gpu.totalBytes), of(gpu.memoryBytes, gpu.totalBytes)) : row('GPU', null, unknown)}
      </dl>
      <h3>Load</h3>
      <dl>
        ${loadRow('Notebook’s process', kernel)} ${loadRow('Engine, pictures', pictures)}
        ${loadRow('Engine, model', model)} ${loadRow(`Machine, ${machine.cores} cores`, machine)}
        ${row('GPU', gpu?.load ?? null, percent(gpu?.load ?? null))}
      </dl>
      <h3>Kept</h3>
      <dl>
        ${row(
          'Cache of the model',
          caches && ratio(caches.memoryBytes, caches.limitBytes),
          caches ? of(caches.memoryBytes, caches.limitBytes) : unknown,
        )}
        ${row('Cache on the disk', null, caches ? (caches.diskBytes === 0 ? 'none' : bytesWords(caches.diskBytes)) : unknown)}
        ${row('Session on the disk', null, sessionBytes === null ? 'in memory only' : bytesWords(sessionBytes))}
      </dl>
    `;
  }

  #pace({ run }: ResourcesView): TemplateResult {
    if (!run) return html`<p class="pace quiet">No run is under way.</p>`;
    const { framesPerSecond, secondsLeft } = run;
    return html`<div class="pace">
      <span class="big">${framesPerSecond === null ? '…' : framesPerSecond.toFixed(1)}</span>
      <span class="quiet"
        >frames per second${secondsLeft === null ? '' : html`<br />${duration(secondsLeft)} left`}</span
      >
      ${curve(this.rates)}
    </div>`;
  }
}

/** The pace of the last minute, for the eye alone: the figure stands beside it. */
function curve(rates: readonly (number | null)[]): TemplateResult {
  const most = Math.max(...rates.map((rate) => rate ?? 0));
  const points = rates.flatMap((rate, i) =>
    rate === null || most === 0 ? [] : [`${(i / 59) * 100},${(30 - (rate / most) * 28).toFixed(1)}`],
  );
  const line: SVGTemplateResult = svg`<polyline points=${points.join(' ')} />`;
  return html`<svg class="curve" viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">
    ${line}
  </svg>`;
}

function memoryRow(name: string, process: ProcessView | null, total: number): TemplateResult {
  if (!process) return row(name, null, 'not started');
  const { memoryBytes } = process;
  return row(name, ratio(memoryBytes, total), memoryBytes === null ? unknown : bytesWords(memoryBytes));
}

function loadRow(name: string, process: ProcessView | null): TemplateResult {
  return process ? row(name, process.processor, percent(process.processor)) : row(name, null, 'not started');
}

/** A figure with its bar; without one where the whole is not known. */
function row(name: string, share: number | null, words: string): TemplateResult {
  const bar =
    share === null
      ? ''
      : html`<span class="bar"><i style=${`width: ${(Math.min(1, share) * 100).toFixed(1)}%`}></i></span>`;
  return html`<div>
    <dt class="cut" title=${name}>${name}</dt>
    <dd>${bar}<span class=${words === unknown ? 'figure quiet' : 'figure'}>${words}</span></dd>
  </div>`;
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

function of(part: number | null, whole: number | null): string {
  if (part === null) return unknown;
  if (whole === null) return bytesWords(part);
  const [some, all] = [bytesWords(part), bytesWords(whole)];
  const unit = all.slice(-4);
  return `${some.endsWith(unit) ? some.slice(0, -4) : some} of ${all}`;
}

function percent(share: number | null): string {
  return share === null ? unknown : `${Math.round(share * 100)} %`;
}
