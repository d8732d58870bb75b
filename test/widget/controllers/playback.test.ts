import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Playback } from '../../../src/widget/controllers/playback';

describe('playing', () => {
  let frame: number;
  let shown: number[];
  let ready: (frame: number) => boolean;
  let playback: Playback;
  beforeEach(() => {
    jest.useFakeTimers();
    frame = 0;
    shown = [];
    ready = () => true;
    playback = new Playback({
      frame: () => frame,
      frameCount: () => 10,
      rate: () => 25,
      isReady: (one) => ready(one),
      show: (one) => {
        frame = one;
        shown.push(one);
      },
      changed: () => undefined,
    });
  });
  afterEach(() => {
    playback.stop();
    jest.useRealTimers();
  });

  it("shows one frame after the other at the video's rate", () => {
    playback.toggle(1);
    jest.advanceTimersByTime(39);
    expect(shown).toEqual([]);
    jest.advanceTimersByTime(3);
    expect(shown).toEqual([1]);
    jest.advanceTimersByTime(120);
    expect(shown).toEqual([1, 2, 3, 4]);
  });

  it('stops at the last frame, and starts over from there', () => {
    playback.toggle(1);
    jest.advanceTimersByTime(2_000);
    expect(frame).toBe(9);
    expect(playback.playing).toBe(false);
    playback.toggle(1);
    expect(frame).toBe(0);
  });

  it('plays backward, and turns around at once', () => {
    frame = 5;
    playback.toggle(1);
    jest.advanceTimersByTime(41);
    playback.toggle(-1);
    expect(playback.playing).toBe(true);
    jest.advanceTimersByTime(82);
    expect(shown).toEqual([6, 5, 4]);
  });

  it('pauses when it is asked to play the same way again', () => {
    playback.toggle(1);
    playback.toggle(1);
    jest.advanceTimersByTime(500);
    expect(shown).toEqual([]);
  });

  it('waits for a picture that is late, leaves no frame out, and does not hurry after', () => {
    ready = (one) => one < 3;
    playback.toggle(1);
    jest.advanceTimersByTime(1_000);
    expect(shown).toEqual([1, 2]);
    ready = () => true;
    playback.pulse();
    expect(shown).toEqual([1, 2, 3]);
    jest.advanceTimersByTime(41);
    expect(shown).toEqual([1, 2, 3, 4]);
    jest.advanceTimersByTime(41);
    expect(shown).toEqual([1, 2, 3, 4, 5]);
  });

  it('plays twice as fast at double speed', () => {
    playback.speed = 2;
    playback.toggle(1);
    jest.advanceTimersByTime(81);
    expect(shown).toEqual([1, 2, 3, 4]);
  });

  it('plays as fast as frames come, each of them seen', () => {
    playback.speed = Infinity;
    playback.toggle(1);
    jest.advanceTimersByTime(35);
    expect(shown).toEqual([1, 2]);
    ready = (one) => one < 5;
    jest.advanceTimersByTime(1_000);
    expect(shown).toEqual([1, 2, 3, 4]);
    ready = () => true;
    playback.pulse();
    expect(shown).toEqual([1, 2, 3, 4, 5]);
  });

  it('has the next frames fetched while it plays, and both neighbours while it stands', () => {
    frame = 4;
    expect(playback.ahead(3)).toEqual([5, 3]);
    playback.toggle(1);
    expect(playback.ahead(3)).toEqual([5, 6, 7]);
    playback.toggle(-1);
    expect(playback.ahead(3)).toEqual([3, 2, 1]);
    playback.stop();
    frame = 9;
    expect(playback.ahead(3)).toEqual([8]);
  });
});
