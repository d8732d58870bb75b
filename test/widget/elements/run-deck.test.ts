import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectRecord } from '../../../src/annotation';
import type { RunView } from '../../../src/protocol';
import type { RunDeck } from '../../../src/widget/elements/run-deck';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

const object = (number: number): ObjectRecord => ({
  id: `o${number}`,
  number,
  name: `bird ${number}`,
  classId: null,
  color: '#73c4e2',
  hidden: false,
});

const running: RunView = {
  id: 'r1',
  direction: 'forward',
  objectIds: ['o1', 'o2'],
  range: null,
  from: null,
  total: 1200,
  done: 620,
  frame: 620,
  framesPerSecond: 21.42,
  secondsLeft: 27,
};

describe('the run deck', () => {
  let deck: Mounted<RunDeck>;
  beforeEach(async () => {
    deck = await mount<RunDeck>('masklet-run-deck', {
      objects: [object(1), object(2)],
      forecast: {
        frames: 900,
        objects: 2,
        seconds: 780,
        text: '900 frames, 2 objects, about 13 minutes here',
      },
    });
  });

  it('says what a run will cost before it starts', () => {
    expect(deck.find('.short').textContent).toBe('900 frames, about 13 min');
    expect(deck.find('.full').textContent).toBe('900 frames, 2 objects, about 13 minutes here');
  });

  it('does not make a time up', async () => {
    deck.element.forecast = { frames: 1, objects: 1, seconds: null, text: '1 frame' };
    await deck.element.updateComplete;
    expect(deck.find('.short').textContent).toBe('1 frame, time not known yet');
  });

  it('propagates, and chooses a direction', () => {
    deck.all('[role="radio"]')[1]!.click();
    deck.find('.primary').click();
    expect(deck.commands).toEqual([{ do: 'set-direction', direction: 'both' }, { do: 'propagate' }]);
  });

  it('goes from one direction to the next with the arrow keys', () => {
    const [, , forward] = deck.all('[role="radio"]');
    forward!.focus();
    forward!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    expect(deck.commands).toEqual([{ do: 'set-direction', direction: 'both' }]);
  });

  it('says why it cannot start instead of starting', async () => {
    deck.element.obstacle = 'A run starts from prompts: click on an object.';
    await deck.element.updateComplete;
    const button = deck.find<HTMLButtonElement>('.primary');
    expect(button.disabled).toBe(true);
    expect(button.title).toBe('A run starts from prompts: click on an object.');
    expect(deck.text()).toContain('click on an object');
  });

  it('runs for all objects or for some, but never for none', async () => {
    const boxes = deck.all<HTMLInputElement>('.menu input');
    expect(boxes.map((one) => one.checked)).toEqual([true, true, true]);
    boxes[1]!.click();
    expect(deck.commands).toEqual([{ do: 'set-scope', scope: ['o2'] }]);
    deck.element.scope = ['o2'];
    await deck.element.updateComplete;
    expect(deck.find('.scope').textContent).toContain('bird 2');
    expect(deck.all<HTMLInputElement>('.menu input')[2]!.disabled).toBe(true);
    deck.all<HTMLInputElement>('.menu input')[1]!.click();
    expect(deck.commands.at(-1)).toEqual({ do: 'set-scope', scope: 'all' });
  });

  it('has no choice of objects while there is one', async () => {
    deck.element.objects = [object(1)];
    await deck.element.updateComplete;
    expect(deck.all('.scope')).toHaveLength(0);
  });

  it('shows the range that limits a run, and takes it off', async () => {
    let suggested = 0;
    deck.element.addEventListener('masklet-suggest-range', () => suggested++);
    deck.find('[aria-pressed="false"]').click();
    expect(suggested).toBe(1);
    deck.element.range = [1240, 1360];
    await deck.element.updateComplete;
    const toggle = deck.find('[aria-pressed="true"]');
    expect(toggle.textContent).toContain('1\u202f240–1\u202f360');
    toggle.click();
    expect(deck.commands).toEqual([{ do: 'set-range', range: null }]);
  });

  it('holds progress and Cancel while a run goes', async () => {
    deck.element.run = {
      id: 'r',
      direction: 'forward',
      objectIds: ['o1', 'o2'],
      range: null,
      from: null,
      total: 1200,
      done: 620,
      frame: 620,
      framesPerSecond: 21.42,
      secondsLeft: 27,
    };
    await deck.element.updateComplete;
    expect(deck.text()).toMatch(/Forward · 2 objects.*620 \/ 1\u202f200.*21\.4 frames\/s.*27 s left/);
    const bar = deck.find('[role="progressbar"]');
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['620', '1200']);
    expect(deck.find('.bar i').getAttribute('style')).toBe('width: 51.7%');
    deck.find('.cancel').click();
    expect(deck.commands).toEqual([{ do: 'cancel-run' }]);
    deck.element.cancelling = true;
    await deck.element.updateComplete;
    expect(deck.find<HTMLButtonElement>('.cancel').disabled).toBe(true);
  });

  it('says what waits, takes one out of the queue, and lets one begin in the place of what runs', async () => {
    deck.element.allObjects = [object(1), object(2)];
    deck.element.run = running;
    deck.element.waiting = [
      { id: 'r2', direction: 'both', objectIds: null, range: [10, 1200], from: null },
      { id: 'r3', direction: 'both', objectIds: ['o2'], range: null, from: 40 },
    ];
    await deck.element.updateComplete;
    expect(deck.find('.waits').textContent).toContain('2 waiting');
    const rows = deck.all('.queue li');
    expect(rows.map((one) => one.querySelector('.cut')!.textContent)).toEqual([
      'Both · all objects · frames 10–1\u202f200',
      'Correction · bird 2 · from frame 40',
    ]);
    rows[0]!.querySelector<HTMLElement>('.icon-button')!.click();
    rows[1]!.querySelector<HTMLElement>('.button')!.click();
    expect(deck.commands).toEqual([
      { do: 'drop-run', runId: 'r2' },
      { do: 'start-run-now', runId: 'r3' },
    ]);
  });

  it('asks for another run while one goes: after it, or in its place', async () => {
    deck.element.run = running;
    await deck.element.updateComplete;
    expect(deck.find('.waits').textContent).toContain('Next');
    const [replace, wait] = deck.all<HTMLButtonElement>('.another .ends .button');
    wait!.click();
    replace!.click();
    expect(deck.commands).toEqual([{ do: 'propagate' }, { do: 'propagate', replaces: true }]);
    deck.element.waitsAlready = true;
    await deck.element.updateComplete;
    expect([replace!.disabled, wait!.disabled]).toEqual([false, true]);
    expect(deck.find('.another .note').textContent).toBe('The same run waits already.');
  });

  it('says which objects and frames the run under way is about', async () => {
    deck.element.allObjects = [object(1), object(2)];
    deck.element.run = { ...running, objectIds: ['o1'], range: [5, 90] };
    await deck.element.updateComplete;
    expect(deck.find('.words').textContent).toContain('Forward · bird 1 · frames 5–90');
  });
});
