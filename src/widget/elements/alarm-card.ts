import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { AlarmKind, ObjectRecord } from '../../annotation';
import type { AlarmView } from '../../protocol';
import {
  alarmEvidence,
  alarmNames,
  alarmWorth,
  checkMeasuredOn,
  checkWorth,
  worthMeasuredOn,
} from '../../review';
import type { Command } from '../commands';
import type { AreaCurve } from '../controllers';
import { grouped, icon } from '../theme';
import type { IconName } from '../theme';
import { areaCurve } from './area-curve';
import { swatch } from './swatch';

/** The drawing of each kind of alarm. */
export const alarmDrawings: Readonly<Record<AlarmKind, IconName>> = {
  absence: 'alarmAbsence',
  drift: 'alarmDrift',
  swap: 'swap',
  seam: 'alarmSeam',
  disagreement: 'alarmDisagreement',
};

/** What is needed to show an alarm. */
export interface AlarmCardFacts {
  readonly alarm: AlarmView;
  readonly curve: AreaCurve | null;
  readonly objects: readonly ObjectRecord[];
  readonly editable: boolean;
  readonly send: (command: Command) => void;
}

/** The open alarm: its evidence, what it is worth, and what can be done. */
export function alarmCard({ alarm, curve, objects, editable, send }: AlarmCardFacts): TemplateResult {
  const object = objects.find((one) => one.id === alarm.objectId);
  const other = objects.find((one) => one.id === alarm.otherId);
  const nameOf = (id: string): string => objects.find((one) => one.id === id)?.name ?? 'a removed object';
  return html`<section class="card" aria-label="Open alarm">
    <h3>
      ${icon(alarmDrawings[alarm.kind])} ${alarmNames[alarm.kind]}
      ${object ? html`${swatch(object)}<span class="cut">${object.name}</span>` : ''}
      ${other ? html`${icon('swap')}${swatch(other)}<span class="cut">${other.name}</span>` : ''}
    </h3>
    <p class="quiet">${frameWords(alarm)}</p>
    <p>${alarmEvidence(alarm, nameOf)}</p>
    ${areaCurve(alarm, curve, object?.name ?? '')}
    <div class="doings">
      <button
        class="button primary"
        ?disabled=${!editable}
        title="Pause, go to the frame, choose the object and the Point tool"
        @click=${() => send({ do: 'fix-alarm' })}
      >
        Fix here
      </button>
      ${special(alarm, editable, send)}
      <button
        class="button"
        ?disabled=${!editable}
        title="It is as it should be (Enter). Undo brings it back"
        @click=${() => send({ do: 'accept-alarm' })}
      >
        Accept<kbd>↵</kbd>
      </button>
    </div>
    <p class="quiet worth" title=${`Measured on ${measuredOn(alarm.kind)}`}>${worthWords(alarm.kind)}</p>
  </section>`;
}

/** What can be done with alarms of this kind alone. */
function special(alarm: AlarmView, editable: boolean, send: AlarmCardFacts['send']): TemplateResult | '' {
  const { kind, sign, objectId, otherId, first, last, frame } = alarm;
  const button = (words: string, title: string, command: Command): TemplateResult =>
    html`<button class="button" ?disabled=${!editable} title=${title} @click=${() => send(command)}>
      ${words}
    </button>`;
  if (kind === 'swap' && sign === 'taken' && otherId !== null)
    return button('Swap from here on', 'From this frame on each has the prompts and masks of the other', {
      ...{ do: 'swap-objects', objectId, otherId, from: frame },
    });
  if (kind === 'absence')
    return button('Mark absent', `It is not in the picture on ${frameWords(alarm).toLowerCase()}`, {
      ...{ do: 'mark-absent', objectId, span: [first, last], on: true },
    });
  if (kind === 'seam')
    return button('Run the block again', 'From this frame on, for this object', { do: 'redo-block' });
  return '';
}

/** `Frame 12`, or `Frames 12 to 20`. */
export function frameWords({ first, last }: Pick<AlarmView, 'first' | 'last'>): string {
  return first === last ? `Frame ${grouped(first)}` : `Frames ${grouped(first)} to ${grouped(last)}`;
}

/** What a kind of alarm was measured to be worth, in words. */
export function worthWords(kind: AlarmKind): string {
  if (kind === 'disagreement') return checkWords();
  const { precision, recall, faults } = alarmWorth[kind];
  return `Measured: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)} on ${grouped(faults)} planted faults`;
}

/** A check is measured on masks that the model itself got wrong, beside the confidence that it gives them. */
function checkWords(): string {
  const { precision, recall, bad, agreementAuc, confidenceAuc } = checkWorth;
  return `Measured: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)} on ${grouped(bad)} bad masks of the model’s own. ROC-AUC ${agreementAuc.toFixed(2)}, of the model’s confidence ${confidenceAuc.toFixed(2)} (0.5 is chance)`;
}

function measuredOn(kind: AlarmKind): string {
  return kind === 'disagreement' ? checkMeasuredOn : worthMeasuredOn;
}
