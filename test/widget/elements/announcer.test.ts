import { expect, it } from '@jest/globals';
import type { RunView } from '../../../src/protocol';
import { Announcer } from '../../../src/widget/elements/announcer';

const run = (done: number, id = 'r'): RunView => ({
  id,
  direction: 'forward',
  objectIds: [],
  range: null,
  from: null,
  total: 120,
  done,
  frame: done,
  framesPerSecond: null,
  secondsLeft: null,
});

it('a run is spoken of at its start, at every tenth, and at its end', () => {
  const announcer = new Announcer();
  const heard: string[] = [];
  const follow = (view: RunView | null): void => {
    announcer.follow(view);
    if (announcer.words !== heard.at(-1)) heard.push(announcer.words);
  };
  follow(null);
  for (let done = 0; done <= 30; done++) follow(run(done));
  follow(null);
  follow(run(0, 'second'));
  expect(heard).toEqual([
    '',
    'Propagation over 120 frames started.',
    '10 percent propagated.',
    '20 percent propagated.',
    'Propagation ended after 30 of 120 frames.',
    'Propagation over 120 frames started.',
  ]);
});

it('a check is spoken of as one', () => {
  const announcer = new Announcer();
  announcer.follow({ ...run(0), checks: true });
  expect(announcer.words).toBe('Check over 120 frames started.');
  announcer.follow({ ...run(12), checks: true });
  expect(announcer.words).toBe('10 percent checked.');
  announcer.follow(null);
  expect(announcer.words).toBe('Check ended after 12 of 120 frames.');
});

it('alarms that come are spoken of with the next tenth or the end, and later ones by themselves', () => {
  const announcer = new Announcer();
  const heard: string[] = [];
  const follow = (view: RunView | null, alarms: number, pending = 0): void => {
    announcer.follow(view, 0, { alarms, pending });
    if (announcer.words !== heard.at(-1)) heard.push(announcer.words);
  };
  // What was there before is not new.
  follow(null, 3, 200);
  follow(null, 7);
  follow(run(0), 7);
  follow(run(5), 8, 2);
  follow(run(11), 9, 2);
  follow(run(12), 9);
  follow(run(15), 10);
  follow(null, 10, 4);
  follow(null, 12, 2);
  follow(null, 12);
  follow(null, 9);
  follow(null, 10);
  expect(heard).toEqual([
    '',
    'Propagation over 120 frames started.',
    '10 percent propagated. 2 new alarms to review.',
    'Propagation ended after 15 of 120 frames. A new alarm to review.',
    '2 new alarms to review.',
    'A new alarm to review.',
  ]);
});

it('a run that joins the queue is spoken of once, and its beginning together with the end of the one before', () => {
  const announcer = new Announcer();
  announcer.follow(run(0), 0);
  announcer.follow(run(1), 1);
  expect(announcer.words).toBe('A run waits.');
  announcer.follow(run(2), 1);
  announcer.follow(run(3), 3);
  expect(announcer.words).toBe('3 runs wait.');
  announcer.follow(run(4), 2);
  expect(announcer.words).toBe('3 runs wait.');
  announcer.follow(run(0, 'second'), 1);
  expect(announcer.words).toBe(
    'Propagation ended after 4 of 120 frames. Propagation over 120 frames started.',
  );
});
