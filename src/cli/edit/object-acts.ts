import { EditError } from '../../errors';
import type { Session } from '../../session';
import { act, flag, frame, given, optional, text, whole } from './act';
import type { Act, ActResult } from './act';

const object = text('NAME');
const color = text('#RRGGBB');

/** What the others of an object’s name are told. */
export function objectResult(session: Session, name: string): ActResult {
  const one = session.objects.get(name);
  return { object: one.name, number: one.number, class: one.class };
}

function classId(session: Session, name: string): string {
  const { classes } = session.document;
  const found = classes.find((one) => one.name === name);
  if (found) return found.id;
  const there = classes.map((one) => `“${one.name}”`).join(', ');
  throw new EditError(
    `There is no class “${name}”. ${there ? `There are: ${there}.` : 'There are no classes yet.'}`,
  );
}

/** Objects and classes. */
export const objectActs: Readonly<Record<string, Act>> = {
  'add-object': act(
    'a new object; a class of that name is made where there is none',
    { name: optional(object), class: optional(text('CLASS')), color: optional(color) },
    async (wanted, { session }) => objectResult(session, session.objects.add(given(wanted)).id),
  ),
  'change-object': act(
    'another name, class, colour; seen or hidden',
    {
      object,
      name: optional(object),
      class: optional(text('CLASS')),
      color: optional(color),
      hidden: optional(flag),
    },
    async ({ object: which, class: className, ...patch }, { session }) => {
      const { id } = session.objects.get(which);
      const wanted = {
        ...given(patch),
        ...(className === undefined ? {} : { classId: classId(session, className) }),
      };
      await session.apply({ kind: 'change-object', objectId: id, patch: wanted });
      return objectResult(session, id);
    },
  ),
  'move-object': act(
    'another place in the list, from 0: the first wins where two overlap',
    { object, to: whole('PLACE') },
    async ({ object: which, to }, { session }) =>
      session.apply({ kind: 'move-object', objectId: session.objects.get(which).id, to }),
  ),
  'remove-object': act('with its prompts and masks', { object }, async ({ object: which }, { session }) =>
    session.objects.get(which).remove(),
  ),
  swap: act(
    'from a frame on each of two objects has what the other had',
    { object, other: object, from: frame },
    async ({ object: one, other, from }, { session }) => session.swap(one, other, from),
  ),
  merge: act(
    'one object of two: the first takes what the second has',
    { object, other: object },
    async ({ object: one, other }, { session }) => session.merge(one, other),
  ),
  split: act(
    'what an object has from a frame on becomes an object of its own',
    { object, from: frame, name: optional(object), class: optional(text('CLASS')) },
    async ({ object: which, from, ...wanted }, { session }) => {
      const one = session.objects.get(which);
      const other = await session.step('Split object', () => one.split(from, given(wanted)));
      return objectResult(session, other.id);
    },
  ),
  'add-class': act('a kind of thing', { name: text('CLASS') }, async ({ name }, { session }) =>
    session.apply({ kind: 'add-class', class: { id: session.nextId(), name } }),
  ),
  'rename-class': act(
    'another name for a class',
    { class: text('CLASS'), name: text('CLASS') },
    async ({ class: className, name }, { session }) =>
      session.apply({ kind: 'change-class', classId: classId(session, className), name }),
  ),
  'remove-class': act(
    'a class that no object has',
    { class: text('CLASS') },
    async ({ class: className }, { session }) =>
      session.apply({ kind: 'remove-class', classId: classId(session, className) }),
  ),
};
