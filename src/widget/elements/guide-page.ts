import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { shortcutLines } from '../commands';
import type { ShortcutLine } from '../commands';
import { controls } from '../theme';
import { pageStyles } from './page-styles';

/** The guide (B3): the workspace, the first steps, every key (from the handler's own table), questions. */
export class GuidePage extends LitElement {
  static override styles = [
    controls,
    pageStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) max-content;
        gap: 3px 12px;
        margin: 0;
      }
      dt,
      dd {
        margin: 0;
      }
      dd {
        text-align: right;
        white-space: nowrap;
      }
      ol {
        margin: 0 0 8px;
        padding-left: 20px;
      }
      li {
        margin-bottom: 4px;
        max-width: 68ch;
      }
      .shape {
        display: inline-block;
        width: 18px;
        text-align: center;
      }
      details {
        margin-bottom: 6px;
        max-width: 68ch;
      }
      summary {
        cursor: pointer;
        font-weight: 600;
      }
      .first {
        columns: 400px 2;
        column-gap: 32px;
      }
      .first section {
        break-inside: avoid;
      }
      .block {
        margin-bottom: 20px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <div class="first">
        <section class="block">
          <h3>First steps</h3>
          <ol>
            <li>
              Click on an object: it gets a name, a colour and a mask. Right-click where the mask is too much.
            </li>
            <li>
              Drag a box where a click is not enough; paint with the brush (<kbd>B</kbd>) where no click will
              do.
            </li>
            <li>
              Press Propagate. The masks stream in; go on clicking, let another run wait, or cancel: what is
              done stays.
            </li>
            <li>
              Look through the video. Where a mask went wrong, click there and press <kbd>C</kbd>: the
              correction is carried as far as it makes a difference.
            </li>
            <li>Export from the menu at the video’s name, or take the masks as arrays in the next cell.</li>
          </ol>
        </section>
        ${this.#workspace()}
      </div>
      <section class="block">
        <h3>Keys</h3>
        <p class="quiet">
          Only while the focus is in the widget: its frame is coloured then, and the bar at the bottom says
          “Keys here”.
        </p>
        <div class="columns">${groups().map(([group, lines]) => this.#group(group, lines))}</div>
      </section>
      <section class="block">
        <h3>Questions</h3>
        ${questions.map(
          ([question, answer]) =>
            html`<details>
              <summary>${question}</summary>
              <p>${answer}</p>
            </details>`,
        )}
      </section>
    `;
  }

  #workspace(): TemplateResult {
    return html`<section class="block">
      <h3>The workspace</h3>
      <p>
        The picture is in the middle, tools to its left, objects, features and review to its right; below are
        playing, propagating and the timeline. Everything you do is written down as you do it and can be
        undone.
      </p>
      <p>
        With a finger or a pen a tap is a click and a drag is a box; two fingers zoom and move the picture.
        While a pen is near, the hand that holds it does nothing.
      </p>
      <p>
        On the timeline <span class="shape">◆</span>is a frame with a prompt, a bar is what was propagated, a
        hatch is locked, a dotted line is absent, a dashed box is out of date.
      </p>
    </section>`;
  }

  #group(group: string, lines: readonly ShortcutLine[]): TemplateResult {
    return html`<section>
      <h3>${group}</h3>
      <dl>
        ${lines.map(
          ({ label, keys }) =>
            html`<dt>${label}</dt>
              <dd>
                ${keys.map((chord, i) => html`${i > 0 ? ' or ' : ''}${chord.map((key) => html`<kbd>${key}</kbd>`)}`)}
              </dd>`,
        )}
      </dl>
    </section>`;
  }
}

function groups(): (readonly [string, readonly ShortcutLine[]])[] {
  const lines = shortcutLines();
  const names = [...new Set(lines.map((one) => one.group))];
  return names.map((name) => [name, lines.filter((one) => one.group === name)] as const);
}

const questions: readonly (readonly [question: string, answer: string])[] = [
  [
    'Where is my work?',
    'The bar at the top says where. Without a place of its own it is a draft, which listDrafts() finds again; “Save as” in the menu at the video’s name gives it a place. Nothing is lost when the kernel ends.',
  ],
  [
    'A mask went wrong after some frames. What now?',
    'Go to the first frame that is wrong, click what is missing (left) or too much (right), and press C. Frames before it stay as they are.',
  ],
  [
    'How do I keep a frame that is right?',
    'K locks the frame for every object. The padlock of an object locks that object in the chosen range. Nothing changes what is locked, and runs stop before it.',
  ],
  [
    'The object leaves the picture.',
    'Mark it absent in that range (U): there is no mask then, whatever was computed, and exports say so.',
  ],
  [
    'Two objects claim the same pixels.',
    'Settings: the one that is higher in the list has them, or the one whose mask scored higher, or both.',
  ],
  [
    'Can I ask for another run while one goes?',
    'Yes: it waits, and starts from what is there when its turn comes. The button beside the progress lists what waits; there each can be taken out, begun at once, or put in the place of the run under way.',
  ],
  [
    'How much memory does it take?',
    'The pulse at the bottom right says, for the notebook, the engine and the machine. The settings have threads, the cache of the model and the size of a block.',
  ],
  [
    'It is slow.',
    'Without a GPU a frame takes about a second. Propagate a range, or every n-th frame from a cell (stride). The model’s name at the top says what computes, and what else there is.',
  ],
  [
    'The keys do nothing.',
    'Click on the picture: the keys are the notebook’s while the focus is elsewhere. Escape gives them back.',
  ],
];
