import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlayDeck } from '../../../src/widget/elements/play-deck';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

describe('the play deck', () => {
  let deck: Mounted<PlayDeck>;
  beforeEach(async () => {
    deck = await mount<PlayDeck>('masklet-play-deck', { frame: 1284, frameCount: 2400, frameRate: 25 });
  });

  const type = (value: string): void => {
    const field = deck.find<HTMLInputElement>('.field');
    field.value = value;
    field.dispatchEvent(new Event('change'));
  };

  it('says the frame, how many there are, and the time', () => {
    expect(deck.find<HTMLInputElement>('.field').value).toBe('1\u202f284');
    expect(deck.text()).toContain('/ 2\u202f400');
    expect(deck.text()).toContain('00:51.36');
  });

  it('says no time where the source has none', async () => {
    deck.element.frameRate = null;
    await deck.element.updateComplete;
    expect(deck.all('.time')).toHaveLength(0);
  });

  it('goes to the frame that is typed, grouped or not, and to nothing else', () => {
    type('12');
    type('1\u202f300');
    type('twelve');
    type('');
    expect(deck.commands).toEqual([
      { do: 'go-to-frame', frame: 12 },
      { do: 'go-to-frame', frame: 1300 },
    ]);
    expect(deck.find<HTMLInputElement>('.field').value).toBe('1\u202f284');
  });

  it('says what its buttons do, with their keys', () => {
    expect(deck.all('button').map((one) => one.title)).toEqual([
      'Previous prompted frame (Q)',
      'Previous frame (A)',
      'Play backward (Shift+Space)',
      'Play (Space)',
      'Next frame (D)',
      'Next prompted frame (E)',
    ]);
    deck.find('[aria-label="Next frame"]').click();
    deck.find('[aria-label="Play"]').click();
    expect(deck.commands).toEqual([
      { do: 'step', by: 1 },
      { do: 'play', way: 1 },
    ]);
  });

  it('turns the playing button into a pause', async () => {
    deck.element.playing = -1;
    await deck.element.updateComplete;
    expect(deck.all('button').map((one) => one.getAttribute('aria-label'))).toContain('Pause');
    expect(deck.all('[aria-label="Play"]')).toHaveLength(1);
  });

  it('changes the speed', () => {
    const list = deck.find<HTMLSelectElement>('select');
    list.value = '2';
    list.dispatchEvent(new Event('change'));
    list.value = 'Infinity';
    list.dispatchEvent(new Event('change'));
    expect(deck.commands).toEqual([
      { do: 'set-speed', speed: 2 },
      { do: 'set-speed', speed: Infinity },
    ]);
  });
});
