import { resolve } from 'node:path';
import { EditError } from '../../errors';
import { importWords } from '../exchange';
import { runWords } from '../run-progress';
import { act, flag, frame, given, names, number, oneOf, optional, range, text, whole } from './act';
import type { Act } from './act';

/** What belongs to the session as a whole. */
export const sessionActs: Readonly<Record<string, Act>> = {
  settings: act(
    'how overlaps, blocks and seams are dealt with from now on',
    {
      overlap: optional(oneOf('allow', 'order', 'score')),
      blockSize: optional(whole('FRAMES')),
      blockMiB: optional(number('MIB')),
      seeding: optional(oneOf('memory', 'skeleton')),
    },
    async (patch, { session }) => {
      await session.set(given(patch));
      return { ...session.document.settings };
    },
  ),
  'use-model': act(
    'goes on with another model; masks stay',
    { model: text('MODEL'), provider: optional(text('PROVIDER')), fast: optional(flag) },
    async ({ model, provider, fast }, { session }) => ({
      ...(await session.useModel({
        model,
        ...given({ provider }),
        ...(fast === undefined ? {} : { settings: { fast } }),
      })),
    }),
    ({ title, provider, notes }) => [`${title}, computed on ${provider}`, ...notes].join('\n'),
  ),
  propagate: act(
    'carries masks through the video, as masklet propagate --session does',
    {
      range: optional(range),
      direction: optional(oneOf('both', 'forward', 'backward')),
      objects: optional(names('NAME,…')),
      from: optional(frame),
      block: optional(whole('BLOCK')),
      stride: optional(whole('N')),
      missing: optional(flag),
    },
    async (options, { session, follow }) => ({ run: await follow(session.propagate(given(options))) }),
    ({ run }) => runWords(run),
  ),
  accept: act(
    'an alarm of masklet review: what it is about is as it should be',
    { alarm: text('ID') },
    async ({ alarm }, { session }) => {
      const all = await session.review();
      const found = all.find((one) => one.id === alarm);
      if (!found)
        throw new EditError(
          `There is no alarm “${alarm}”; masklet review lists those there are. Nothing was changed.`,
        );
      await session.accept(found);
      return { accepted: alarm };
    },
  ),
  import: act(
    'masks of a file or folder become new objects',
    { format: text('FORMAT'), from: text('PATH') },
    async ({ format, from }, { session, folder }) => ({
      ...(await session.import(format, resolve(folder, from))),
    }),
    (report) => importWords(report),
  ),
  undo: act(
    'takes the last step back',
    {},
    async (_none, { session }) => ({ undone: await session.undo() }),
    ({ undone }) => (undone === null ? 'there was nothing to undo' : null),
  ),
  redo: act(
    'brings the step back that was undone last',
    {},
    async (_none, { session }) => ({ redone: await session.redo() }),
    ({ redone }) => (redone === null ? 'there was nothing to redo' : null),
  ),
};
