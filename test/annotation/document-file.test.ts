import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnnotationDocument, loadDocument, saveDocument } from '../../src/annotation';
import { EditError, SessionError } from '../../src/errors';
import { anyEditSeed, contentOf, editFrom, smallVideo } from '../support/arbitrary-edits';
import type { EditSeed } from '../support/arbitrary-edits';

function documentOf(seeds: readonly EditSeed[]): AnnotationDocument {
  const document = new AnnotationDocument(smallVideo);
  let ids = 0;
  for (const seed of seeds) {
    try {
      const edit = editFrom(seed, document, () => `id${ids++}`);
      if (edit) document.apply(edit);
    } catch (error) {
      expect(error).toBeInstanceOf(EditError);
    }
  }
  return document;
}

const anySeeds = fc.array(anyEditSeed, { maxLength: 40 });

describe('a document that is written down (A1)', () => {
  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(anySeeds, (seeds) => {
        const document = documentOf(seeds);
        const text = JSON.stringify(saveDocument(document));
        const read = loadDocument(smallVideo, JSON.parse(text));
        expect(contentOf(read)).toEqual(contentOf(document));
        expect(read.version).toBe(document.version);
        expect(JSON.stringify(saveDocument(read))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same text for the same edits', () => {
    fc.assert(
      fc.property(anySeeds, (seeds) => {
        const [a, b] = [documentOf(seeds), documentOf(seeds)];
        expect(JSON.stringify(saveDocument(a))).toBe(JSON.stringify(saveDocument(b)));
      }),
      { numRuns: 50 },
    );
  });

  it('is refused, with what is wrong, when it is not as it should be', () => {
    const saved = JSON.parse(JSON.stringify(saveDocument(documentOf([])))) as Record<string, unknown>;
    const load = (patch: object) => () => loadDocument(smallVideo, { ...saved, ...patch });
    expect(load({ objects: [{ id: 'a' }] })).toThrow(SessionError);
    expect(load({ objects: [{ id: 'a' }] })).toThrow('objects.0');
    expect(load({ barriers: ['x'] })).toThrow('barriers.0');
    const track = {
      objectId: 'a',
      frames: [0, 1],
      masks: ['m'],
      areas: [1, 1],
      sources: [0, 0],
      scores: [null, null],
    };
    expect(load({ tracks: [track] })).toThrow('not of one length');
    expect(load({ tracks: [{ ...track, masks: ['m', 'n'] }] })).toThrow('no such source');
  });

  it('is never read as something else, whatever is changed in its text', () => {
    const text = JSON.stringify(saveDocument(documentOf(fc.sample(anySeeds, { seed: 7, numRuns: 1 })[0]!)));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, put) => {
        const mutated = text.slice(0, at) + put + text.slice(at + 1);
        let value: unknown;
        try {
          value = JSON.parse(mutated);
        } catch {
          return;
        }
        try {
          loadDocument(smallVideo, value);
        } catch (error) {
          expect(error).toBeInstanceOf(SessionError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
