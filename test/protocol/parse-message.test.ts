import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EditError } from '../../src/errors';
import { parseRequest, parseSender } from '../../src/protocol';

const point = { id: 'p', objectId: 'o', frame: 3, kind: 'point', x: 1.5, y: 2, positive: true };

const good: readonly unknown[] = [
  { kind: 'picture', frame: 4, maxWidth: 640 },
  { kind: 'masks', frame: 0 },
  { kind: 'cancel' },
  { kind: 'done' },
  { kind: 'rework', work: { do: 'mark-absent', objectId: 'o', range: [4, 9] } },
  { kind: 'rework', work: { do: 'swap', objectId: 'o', otherId: 'p', from: 3 } },
  { kind: 'propagate', options: { direction: 'both' } },
  { kind: 'forecast', options: { direction: 'forward', objectIds: ['a'], range: [0, 9] } },
  { kind: 'areas', objectId: 'o', range: [4, 9] },
  { kind: 'check', options: {} },
  { kind: 'check', options: { objectIds: ['o'], range: [4, 9] } },
  { kind: 'edit', edit: { kind: 'add-prompt', prompt: point } },
  { kind: 'edit', edit: { kind: 'change-object', objectId: 'o', patch: { name: 'x' } } },
  { kind: 'edit', edit: { kind: 'together', edits: [{ kind: 'remove-prompt', promptId: 'p' }] } },
];

describe('a message of a canvas', () => {
  it.each(good.map((one) => [JSON.stringify(one), one]))('is read as it was sent: %s', (_text, message) => {
    expect(parseRequest(message)).toEqual(message);
  });

  it.each([
    [{ kind: 'paint' }],
    [{ kind: 'picture', frame: -1, maxWidth: 640 }],
    [{ kind: 'picture', frame: 1, maxWidth: 0 }],
    [{ kind: 'masks', frame: 1.5 }],
    [{ kind: 'propagate', options: { direction: 'up' } }],
    [{ kind: 'check' }],
    [{ kind: 'check', options: { direction: 'both' } }],
    [{ kind: 'check', options: { range: [4] } }],
    [{ kind: 'edit', edit: { kind: 'set-track', objectId: 'o', changes: [] } }],
    [{ kind: 'edit', edit: { kind: 'add-prompt', prompt: { ...point, x: 'left' } } }],
    [{ kind: 'edit', edit: { kind: 'add-prompt', prompt: { ...point, extra: 1 } } }],
    [{ kind: 'edit', edit: { kind: 'change-object', objectId: 'o', patch: { number: 7 } } }],
    [{ kind: 'rework', work: { do: 'swap', objectId: 'o', from: 3 } }],
    [{ kind: 'rework', work: { do: 'delete-masks', objectId: 'o', range: [4] } }],
    [null],
    [[]],
  ])('that is off is refused with a sentence: %j', (message) => {
    expect(() => parseRequest(message)).toThrow(EditError);
    expect(() => parseRequest(message)).toThrow('Nothing was changed');
  });

  it('of any kind whatever never raises anything but a sentence', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.tuple(fc.constantFrom(...good), fc.string(), fc.anything())),
        (value) => {
          const message =
            Array.isArray(value) && value.length === 3
              ? { ...(value[0] as object), [String(value[1])]: value[2] as unknown }
              : value;
          try {
            parseRequest(message);
          } catch (error) {
            expect(error).toBeInstanceOf(EditError);
          }
        },
      ),
    );
  });

  it('names its sender, or is passed over', () => {
    expect(parseSender({ client: 'c', request: 2, body: { kind: 'cancel' } })).toEqual({
      client: 'c',
      request: 2,
      body: { kind: 'cancel' },
    });
    expect(parseSender({ client: 'c' })).toBeNull();
    expect(parseSender('hello')).toBeNull();
  });
});
