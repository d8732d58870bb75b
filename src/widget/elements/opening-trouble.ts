import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { VideoTrouble } from '../../protocol';
import { icon } from '../theme';

/** What can be done about a session without its video. */
export interface TroubleActions {
  readonly hasPicker: boolean;
  choose(): void;
  type(path: string): void;
  look(): void;
  leave(): void;
}

/** Says that a session's video is missing or another one, what is kept, and what to do. */
export function troubleBox(trouble: VideoTrouble, actions: TroubleActions): TemplateResult {
  const { code, session, kept, saved, given } = trouble;
  const name = session.split(/[/\\]/).at(-1) ?? session;
  const other = code === 'other-video';
  return html`<div class="said failed trouble" role="alert">
    <p>
      <strong>${other ? `This is not the video of ${name}.` : `The video of ${name} is not there.`}</strong>
      ${
        other
          ? 'Masks belong to the pixels that they were made on, so nothing was opened.'
          : 'Was it moved or renamed? It is checked to be the same before anything is shown.'
      }
    </p>
    <dl>
      <dt>Kept</dt>
      <dd>everything you made${kept === '' ? '' : `: ${kept}`}</dd>
      ${
        saved === ''
          ? ''
          : html`<dt>The session’s video</dt>
              <dd>${saved}</dd>`
      }
      ${
        given === undefined
          ? ''
          : html`<dt>The one that was given</dt>
              <dd>${given}</dd>`
      }
    </dl>
    ${actions.hasPicker ? '' : pathForm(actions)}
    <div class="buttons">
      ${
        actions.hasPicker
          ? html`<button class="button primary" @click=${() => actions.choose()}>
              ${icon('film')}${other ? 'Choose another …' : 'Choose the video …'}
            </button>`
          : ''
      }
      <button class="button" @click=${() => actions.look()}>Look at it without the video</button>
    </div>
    <button class="icon-button small" aria-label="Dismiss" title="Dismiss" @click=${() => actions.leave()}>
      ${icon('close')}
    </button>
  </div>`;
}

function pathForm(actions: TroubleActions): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault();
    const path = (event.target as HTMLFormElement).querySelector('input')!.value.trim();
    if (path !== '') actions.type(path);
  };
  return html`<form @submit=${submit}>
    <label for="video">Its video</label>
    <input
      id="video"
      class="field"
      autocomplete="off"
      spellcheck="false"
      placeholder="Where the video is now"
    />
    <button class="button primary" type="submit">Open</button>
  </form>`;
}
