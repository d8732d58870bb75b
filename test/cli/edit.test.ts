import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { acts, actOfWords, actsOfScript } from '../../src/cli/edit/read-acts';
import { givePrompts } from '../../src/cli/give-prompts';
import { asOneStep } from '../../src/cli/one-step';
import { WrongUse } from '../../src/cli/wrong-use';
import { AnnotatedObject, EnginePair, FeatureList, ObjectList, Session } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { masklet } from '../support/command';
import { WorkFolder } from '../support/work-folder';

// What `masklet edit` and `apply` can do, and that it is all that a cell can do without a pointer.

let engines: EnginePair;
let folder: WorkFolder;
beforeAll(() => {
  engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
  folder = new WorkFolder(engines);
});
afterAll(async () => {
  await folder.remove();
  await engines.dispose();
});

async function act(
  session: Session,
  name: string,
  ...words: string[]
): Promise<Readonly<Record<string, unknown>>> {
  const wanted = actOfWords(name, words);
  const place = {
    session,
    folder: folder.path,
    follow: (run: ReturnType<Session['propagate']>) => Promise.resolve(run),
  };
  return wanted.act.do(place, wanted.given);
}

/** Does an act, and answers with what a person is told of it. */
async function told(session: Session, name: string, ...words: string[]): Promise<string | null | undefined> {
  return acts[name]!.told?.(await act(session, name, ...words));
}

/** Where the command line has what a class of the session offers; `cell`: an array or a handle, which only a cell can hold. */
const offered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Session: {
    ...{
      change: 'edit',
      apply: 'edit',
      step: 'apply --one-step',
      undo: 'undo',
      redo: 'redo',
      abandon: 'pointer',
    },
    ...{
      draw: 'draw',
      preview: 'pointer',
      lookBefore: 'pointer',
      set: 'settings',
      lockFrame: 'lock-frame',
      unlockFrame: 'unlock-frame',
    },
    ...{
      swap: 'swap',
      merge: 'merge',
      propagate: 'propagate',
      cancel: 'Ctrl+C',
      framesMissing: 'propagate --missing',
    },
    ...{ loadModel: 'use-model', useModel: 'use-model', model: 'info', forecast: 'propagate --forecast' },
    ...{ done: 'pointer', finish: 'pointer', import: 'import', saveAs: 'copy', dispose: 'cell', on: 'cell' },
    ...{
      answerOpen: 'propagate --session',
      restructure: 'edit',
      document: 'info',
      store: 'cell',
      running: 'cell',
    },
    // One command has one run: nothing waits for it, and the process says what it takes.
    ...{ queue: 'cell', startNow: 'cell', resources: 'cell', freed: 'cell' },
    ...{ waiting: 'pointer', path: 'info', readOnly: 'info', runs: 'info', blocks: 'info', history: 'info' },
  },
  SessionReview: {
    ...{
      check: 'review --check',
      alarms: 'review',
      review: 'review',
      accept: 'accept',
      reviewView: 'pointer',
      endReview: 'cell',
    },
  },
  SessionResults: {
    ...{
      labels: 'export',
      masks: 'export',
      maskStream: 'export',
      export: 'export',
      import: 'import',
      importPrompts: 'prompt',
      table: 'table',
      timeInZones: 'cell',
    },
    ...{ evaluate: 'evaluate --truth', evaluation: 'pointer', forgetEvaluation: 'pointer' },
  },
  AnnotatedObject: {
    ...{ name: 'info', number: 'info', color: 'info', class: 'info', frames: 'info', maskInfo: 'table' },
    ...{ point: 'point', box: 'box', drawMask: 'mask', draw: 'draw', clearPrompts: 'clear-prompts' },
    ...{ mask: 'export', masks: 'export', maskStream: 'export', areas: 'table', runLength: 'export' },
    ...{
      change: 'change-object',
      remove: 'remove-object',
      lock: 'lock',
      unlock: 'unlock',
      markAbsent: 'absent',
    },
    ...{ markPresent: 'present', deleteMasks: 'delete-masks', split: 'split', setFeature: 'set-feature' },
    ...{ clearFeature: 'clear-feature', feature: 'table', featureEvents: 'table' },
  },
  ObjectList: { length: 'info', add: 'add-object', get: 'cell' },
  FeatureList: {
    length: 'info',
    add: 'add-feature',
    get: 'cell',
    change: 'change-feature',
    remove: 'remove-feature',
  },
};

function above(one: { readonly prototype: object }): { readonly prototype: object } {
  return Object.getPrototypeOf(one) as { readonly prototype: object };
}

describe('the acts of masklet edit', () => {
  it.each([
    ['Session', Session],
    ['SessionReview', above(Session)],
    ['SessionResults', above(above(Session))],
    ['AnnotatedObject', AnnotatedObject],
    ['ObjectList', ObjectList],
    ['FeatureList', FeatureList],
  ] as const)('have all that a %s of a cell has', (name, { prototype }) => {
    const there = Object.getOwnPropertyNames(prototype).filter((one) => one !== 'constructor');
    expect(Object.keys(offered[name]!).sort()).toEqual(there.sort());
    const plain = Object.values(offered[name]!).filter((one) => /^[a-z]+-[a-z]+$/.test(one));
    for (const one of plain) expect(Object.keys(acts)).toContain(one);
  });

  it('work on objects, classes, prompts, ranges and features as the session itself does', async () => {
    const { session } = await folder.open('acts.masklet');
    expect(await act(session, 'add-object', 'name=red', 'class=square')).toEqual({
      object: 'red',
      number: 1,
      class: 'square',
    });
    await act(session, 'add-object', 'name=blue', 'color=#0000ff');
    expect(await act(session, 'point', 'object=red', 'frame=0', 'at=5,8')).toEqual({
      object: 'red',
      frame: 0,
      area: 64,
    });
    expect(await act(session, 'propagate', 'objects=red', 'range=0-9')).toMatchObject({ run: { masks: 9 } });
    await act(session, 'absent', 'object=red', 'range=4-5');
    expect(session.objects.get('red').maskInfo(4)).toEqual({ source: { kind: 'absent' }, area: 0 });
    await act(session, 'present', 'object=red', 'range=5-5');
    expect(session.document.absences.map(({ first, last }) => [first, last])).toEqual([[4, 4]]);
    await act(session, 'lock', 'object=red', 'range=0-3');
    await act(session, 'lock-frame', 'frame=7');
    expect([session.document.locks.length, session.document.barriers]).toEqual([1, [7]]);
    await act(session, 'unlock', 'object=red');
    await act(session, 'unlock-frame', 'frame=7');
    expect(await act(session, 'draw', 'object=blue', 'frame=1', 'path=30,30', 'radius=2')).toMatchObject({
      area: 13,
    });
    expect(
      await act(session, 'draw', 'object=blue', 'frame=1', 'path=30,30', 'radius=1', 'sign=negative'),
    ).toMatchObject({ area: 8 });
    await act(session, 'add-feature', 'name=behaviour', 'options=rest,walk');
    await act(session, 'add-feature', 'name=count', 'type=number');
    await act(session, 'set-feature', 'object=red', 'feature=behaviour', 'frame=2', 'value=walk');
    await act(session, 'set-feature', 'object=red', 'feature=count', 'frame=2', 'value=3');
    await act(session, 'set-feature', 'object=red', 'feature=count', 'frame=6', 'value=');
    expect(session.objects.get('red').featureEvents('count')).toEqual([{ first: 2, last: 5, value: 3 }]);
    await act(session, 'clear-feature', 'object=red', 'feature=count', 'frame=6');
    await act(session, 'change-feature', 'feature=behaviour', 'name=mood', 'options=rest,walk,fly');
    await act(session, 'remove-feature', 'feature=count');
    expect([...session.features].map((one) => [one.name, one.options])).toEqual([
      ['mood', ['rest', 'walk', 'fly']],
    ]);
    expect(await act(session, 'split', 'object=red', 'from=8', 'name=late')).toMatchObject({
      object: 'late',
      class: 'square',
    });
    await act(session, 'merge', 'object=red', 'other=late');
    await act(session, 'swap', 'object=red', 'other=blue', 'from=9');
    await act(session, 'move-object', 'object=blue', 'to=0');
    await act(session, 'change-object', 'object=blue', 'name=sky', 'class=square', 'hidden=true');
    await act(session, 'add-class', 'name=bird');
    await act(session, 'rename-class', 'class=bird', 'name=heron');
    await act(session, 'remove-class', 'class=heron');
    expect(session.document.classes.map((one) => one.name)).toEqual(['square']);
    await act(session, 'delete-masks', 'object=sky', 'range=0-29');
    await act(session, 'clear-prompts', 'object=red', 'frame=0');
    expect([session.document.prompts, session.objects.get('sky').frames]).toEqual([[], []]);
    expect(await act(session, 'settings', 'overlap=order', 'blockSize=8')).toMatchObject({
      overlap: 'order',
      blockSize: 8,
    });
    await act(session, 'remove-object', 'object=sky');
    expect(await act(session, 'undo')).toEqual({ undone: expect.any(String) });
    expect([...session.objects].map((one) => one.name)).toEqual(['sky', 'red']);
    await act(session, 'redo');
    expect([...session.objects].map((one) => one.name)).toEqual(['red']);
  });

  it.each([
    ['fly', [], /no edit “fly”\. There are: add-object/],
    ['lock', ['object'], /“object” is not KEY=VALUE/],
    ['lock', ['object=red', 'object=red'], /given twice/],
    ['lock', ['object=red', 'to=3'], /no “to” here\. It takes: object=NAME \[range=FIRST-LAST\]/],
    ['lock', ['range=0-3'], /object=NAME is missing/],
    ['lock', ['object=red', 'range=3'], /range is FIRST-LAST, frames counted from 0, not “3”/],
    ['point', ['object=red', 'frame=-1', 'at=1,2'], /frame is a frame, counted from 0, not “-1”/],
    ['propagate', ['stride=half'], /stride is a whole number from 0, not “half”/],
    ['point', ['object=red', 'frame=0', 'at=1,2,'], /at is X,Y, not/],
    ['box', ['object=red', 'frame=0', 'box=1,2,3,1e999'], /box is X0,Y0,X1,Y1/],
    ['change-object', ['object=red', 'hidden=yes'], /hidden is true\|false/],
    ['__proto__', [], /no edit/],
  ])('refuse %s with %j in a sentence', async (name, words, sentence) => {
    const { session } = await folder.open('wrong.masklet');
    if (session.objects.length === 0) session.objects.add({ name: 'red' });
    const before = session.document.version;
    const doing = (async (): Promise<unknown> => act(session, name, ...words))();
    await expect(doing).rejects.toThrow(sentence);
    await expect(doing).rejects.toBeInstanceOf(WrongUse);
    expect(session.document.version).toBe(before);
    await session.dispose();
  });

  it('are all listed in the help, each with its words', () => {
    const { stdout } = masklet(folder.path, 'edit', '--help');
    for (const name of Object.keys(acts)) expect(stdout).toMatch(new RegExp(`^  ${name}( |$)`, 'm'));
  });
});

describe('what came of an edit', () => {
  it('says where there was nothing to undo or to redo', async () => {
    const { session } = await folder.open('nothing.masklet');
    expect(await told(session, 'undo')).toBe('there was nothing to undo');
    expect(await told(session, 'redo')).toBe('there was nothing to redo');
    await act(session, 'add-object');
    expect(await told(session, 'undo')).toBeNull();
    expect(await told(session, 'redo')).toBeNull();
  });
});

describe('what a run and another model came to', () => {
  it('is said in words, a run as masklet propagate says it', async () => {
    const { session } = await folder.open('words.masklet');
    await act(session, 'add-object', 'name=red');
    await act(session, 'point', 'object=red', 'frame=0', 'at=5,8');
    const words = await told(session, 'propagate', 'range=0-1');
    expect(words).toMatch(/^run 1: 1 mask on 1 frame, \d+\.\d\d seconds per frame$/);
    expect(await told(session, 'use-model', 'model=synthetic')).toMatch(/^\S.*, computed on [^{}[\]"]+$/);
  });
});

describe('objects that share a name', () => {
  it('are edited, and given prompts, by their numbers alone', async () => {
    const { session } = await folder.open('twins.masklet');
    await act(session, 'add-object', 'name=twin');
    await act(session, 'add-object', 'name=twin');
    await expect(act(session, 'point', 'object=twin', 'frame=0', 'at=5,8')).rejects.toThrow('#1 or #2');
    expect(await act(session, 'point', 'object=#2', 'frame=0', 'at=5,8')).toMatchObject({ area: 64 });
    expect([...session.objects].map((one) => one.frames)).toEqual([[], [0]]);
    const prompts = { frame: 1, mask: null, points: [[6, 8, 1]], box: null } as const;
    const given = (name: string): Promise<unknown> =>
      givePrompts(session, [{ name, class: null, prompts: [prompts] }]);
    await expect(given('twin')).rejects.toThrow('2 objects are named “twin”');
    await given('#1');
    expect([...session.objects].map((one) => one.frames)).toEqual([[1], [0]]);
  });
});

describe('a script of edits', () => {
  const script = (...lines: string[]): string => {
    const path = folder.at('edits.jsonl');
    writeFileSync(path, lines.join('\n'));
    return path;
  };

  it('is read whole before anything is done; the line that is wrong is named', async () => {
    const good = '{"do": "add-object", "name": "red"}';
    expect(await actsOfScript(script(good, '', '{"do":"lock","object":"red","range":[0,3]}\r'))).toHaveLength(
      2,
    );
    await expect(actsOfScript(script(good, '{"do": 3}'))).rejects.toThrow(
      /Line 2 of .*it says nothing to do.*Nothing was changed/,
    );
    await expect(actsOfScript(script('[]'))).rejects.toThrow(/Line 1.*no object/);
    await expect(actsOfScript(script('{"do": "undo"'))).rejects.toThrow(/no JSON/);
    await expect(actsOfScript(script('{"do": "constructor"}'))).rejects.toThrow(/no edit “constructor”/);
    await expect(actsOfScript(folder.at('none.jsonl'))).rejects.toThrow(/cannot be read/);
  });

  it('is one step or none where that is asked for', async () => {
    const { session } = await folder.open('steps.masklet');
    const both = async (name: string): Promise<void> => {
      await act(session, 'add-object', `name=${name}`);
      await act(session, 'point', `object=${name}`, 'frame=0', name === 'wrong' ? 'at=900,8' : 'at=5,8');
    };
    await asOneStep(session, 'Both', () => both('red'));
    expect(session.history.undo).toBe('Both');
    await expect(asOneStep(session, 'Again', () => both('wrong'))).rejects.toThrow(/outside the picture/);
    expect([[...session.objects].map((one) => one.name), session.history.undo]).toEqual([['red'], 'Both']);
    await session.undo();
    expect(session.objects.length).toBe(0);
  });
});
