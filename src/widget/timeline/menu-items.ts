import { coversAll } from '../../annotation';
import type { ObjectRecord, RangeRecord } from '../../annotation';
import type { Command } from '../commands';
import { grouped } from '../theme';
import type { IconName } from '../theme';
import type { FeatureLane, FrameRange } from './lane';

/** Where a menu of the timeline was asked for. */
export interface MenuPlace {
  readonly objectId: string | null;
  readonly frame: number;
  /** Set where it was asked for on a feature's lane. */
  readonly feature: FeatureLane | null;
}

/** What the items of a menu depend on. */
export interface MenuFacts {
  readonly objects: readonly ObjectRecord[];
  readonly locks: readonly RangeRecord[];
  readonly absences: readonly RangeRecord[];
  readonly barriers: readonly number[];
  readonly range: FrameRange | null;
  readonly frameCount: number;
  /** Why nothing can be propagated now; null when it can. */
  readonly obstacle: string | null;
}

/** A line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly drawing: IconName | null;
  readonly command: Command;
  /** Why it cannot be done now. */
  readonly off?: string;
}

/** The lines of a menu below a heading. */
export interface MenuSection {
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** `frame 120`, `frames 120 to 300`. */
export function spanText([first, last]: FrameRange): string {
  return first === last ? `frame ${grouped(first)}` : `frames ${grouped(first)} to ${grouped(last)}`;
}

/** The frames that a menu is for: the range when it was asked for inside, else the one frame. */
export function menuSpan({ frame }: MenuPlace, { range }: Pick<MenuFacts, 'range'>): FrameRange {
  return range && range[0] <= frame && frame <= range[1] ? range : [frame, frame];
}

/** What can be done at a place of the timeline. */
export function menuSections(place: MenuPlace, facts: MenuFacts): MenuSection[] {
  const object = facts.objects.find((one) => one.id === place.objectId);
  const span = menuSpan(place, facts);
  return [
    ...(object ? [objectSection(object, span, facts), partingSection(object, place.frame, facts)] : []),
    rangeSection(object, span, place.frame, facts),
  ].filter((one) => one.items.length > 0);
}

function objectSection({ id, name }: ObjectRecord, span: FrameRange, facts: MenuFacts): MenuSection {
  const target = { objectId: id, span };
  const { locks, absences } = facts;
  const locked = coversAll(locks, id, span);
  const absent = coversAll(absences, id, span);
  const items: (MenuItem | null)[] = [
    locked ? null : { label: 'Lock', drawing: 'lock', command: { do: 'lock-object', ...target, on: true } },
    touches(locks, id, span)
      ? { label: 'Unlock', drawing: 'unlock', command: { do: 'lock-object', ...target, on: false } }
      : null,
    absent
      ? null
      : { label: 'Mark absent', drawing: 'absent', command: { do: 'mark-absent', ...target, on: true } },
    touches(absences, id, span)
      ? { label: 'Present again', drawing: 'eye', command: { do: 'mark-absent', ...target, on: false } }
      : null,
    {
      label: 'Delete prompts and masks',
      drawing: 'trash',
      command: { do: 'delete-masks', ...target },
    },
  ];
  return { title: `${name}, ${spanText(span)}`, items: items.filter((one) => one !== null) };
}

function partingSection({ id, name }: ObjectRecord, frame: number, facts: MenuFacts): MenuSection {
  const others = facts.objects.filter((one) => one.id !== id).slice(0, 12);
  return {
    title: `${name}, from frame ${grouped(frame)} on`,
    items: [
      ...others.map((other): MenuItem => ({
        label: `Swap with ${other.name}`,
        drawing: 'swap',
        command: { do: 'swap-objects', objectId: id, otherId: other.id, from: frame },
      })),
      {
        label: 'Split off as an object',
        drawing: 'split',
        command: { do: 'split-object', objectId: id, from: frame },
      },
    ],
  };
}

function rangeSection(
  object: ObjectRecord | undefined,
  span: FrameRange,
  frame: number,
  { range, barriers, obstacle, frameCount }: MenuFacts,
): MenuSection {
  const off = obstacle === null ? {} : { off: obstacle };
  const runs: MenuItem[] =
    span === range
      ? [
          {
            label: 'Propagate here',
            drawing: 'forward',
            command: { do: 'propagate-range', objectId: null, span },
            ...off,
          },
          ...(object
            ? [
                {
                  label: `Propagate only ${object.name}`,
                  drawing: 'forward',
                  command: { do: 'propagate-range', objectId: object.id, span },
                  ...off,
                } as const,
              ]
            : []),
        ]
      : [];
  const on = !barriers.includes(frame);
  const first = range && range[1] >= frame ? range[1] : frameCount - 1;
  const last = range && range[0] <= frame ? range[0] : 0;
  return {
    title: span === range ? `The range, ${spanText(span)}` : `Frame ${grouped(frame)}`,
    items: [
      ...runs,
      {
        label: on ? `Lock frame ${grouped(frame)} for all` : `Unlock frame ${grouped(frame)}`,
        drawing: on ? 'lock' : 'unlock',
        command: { do: 'set-barrier', frame, on },
      },
      { label: 'Range from here', drawing: 'range', command: { do: 'set-range', range: [frame, first] } },
      { label: 'Range to here', drawing: 'range', command: { do: 'set-range', range: [last, frame] } },
      ...(range
        ? [{ label: 'No range', drawing: 'close', command: { do: 'set-range', range: null } } as const]
        : []),
    ],
  };
}

function touches(ranges: readonly RangeRecord[], objectId: string, [first, last]: FrameRange): boolean {
  return ranges.some((one) => one.objectId === objectId && one.first <= last && one.last >= first);
}
