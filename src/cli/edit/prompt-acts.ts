import { resolve } from 'node:path';
import type { Session } from '../../session';
import { readMaskPicture } from '../mask-picture';
import { WrongUse } from '../wrong-use';
import { act, box, frame, number, numbers, oneOf, optional, place, range, text } from './act';
import type { Act, ActResult } from './act';

const object = text('NAME');
const sign = optional(oneOf('positive', 'negative'));

function maskResult(session: Session, name: string, at: number): ActResult {
  return { object: name, frame: at, area: session.objects.get(name).maskInfo(at)?.area ?? null };
}

/** Prompts, masks, and ranges of an object. */
export const promptActs: Readonly<Record<string, Act>> = {
  point: act(
    'a click: on the object, or on what is not',
    { object, frame, at: place, sign },
    async ({ object: name, frame: on, at, sign: which }, { session }) => {
      await session.objects.get(name).point(on, at, which);
      return maskResult(session, name, on);
    },
  ),
  box: act(
    'a box around the object, edges included',
    { object, frame, box },
    async ({ object: name, frame: on, box: edges }, { session }) => {
      await session.objects.get(name).box(on, edges);
      return maskResult(session, name, on);
    },
  ),
  mask: act(
    'a picture as the mask of a frame: every pixel that is not zero',
    { object, frame, file: text('FILE') },
    async ({ object: name, frame: on, file }, { session, folder }) => {
      const { width, height } = session.video;
      const { data } = await readMaskPicture(resolve(folder, file), width, height);
      await session.objects.get(name).drawMask(on, { data, shape: [height, width] });
      return maskResult(session, name, on);
    },
  ),
  draw: act(
    'a brush (with a radius) or a lasso; negative takes away',
    { object, frame, path: numbers('X,Y,X,Y,…'), radius: optional(number('PIXELS')), sign },
    async ({ object: name, frame: on, path, radius, sign: which }, { session }) => {
      if (path.length % 2 === 1) throw new WrongUse('path is X,Y,X,Y,…: an even number of numbers.');
      const stroke =
        radius === undefined
          ? ({ kind: 'lasso', path } as const)
          : ({ kind: 'brush', radius, path } as const);
      await session.objects.get(name).draw(on, stroke, which);
      return maskResult(session, name, on);
    },
  ),
  'clear-prompts': act(
    'takes an object’s prompts off a frame',
    { object, frame },
    async ({ object: name, frame: on }, { session }) => session.objects.get(name).clearPrompts(on),
  ),
  'delete-masks': act(
    'takes prompts and masks off a range, or off the whole video',
    { object, range: optional(range) },
    async ({ object: name, range: span }, { session }) => session.objects.get(name).deleteMasks(span),
  ),
  absent: act(
    'not in the picture there, whatever was computed',
    { object, range: optional(range) },
    async ({ object: name, range: span }, { session }) => session.objects.get(name).markAbsent(span),
  ),
  present: act(
    'takes that back',
    { object, range: optional(range) },
    async ({ object: name, range: span }, { session }) => session.objects.get(name).markPresent(span),
  ),
  lock: act(
    'nothing changes the object’s masks there any more',
    { object, range: optional(range) },
    async ({ object: name, range: span }, { session }) => session.objects.get(name).lock(span),
  ),
  unlock: act(
    'lets them be changed again',
    { object, range: optional(range) },
    async ({ object: name, range: span }, { session }) => session.objects.get(name).unlock(span),
  ),
  'lock-frame': act('nothing changes any mask of a frame', { frame }, async ({ frame: on }, { session }) =>
    session.lockFrame(on),
  ),
  'unlock-frame': act('lets them be changed again', { frame }, async ({ frame: on }, { session }) =>
    session.unlockFrame(on),
  ),
};
