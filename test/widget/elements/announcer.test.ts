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
