import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { placeOf } from '../../src/kernel/place-of';
import type { KernelPlace } from '../../src/kernel/place-of';

const linux: KernelPlace = {
  cwd: '/srv/ada/work',
  started: '/srv/ada/work',
  home: '/home/ada',
  notebookFile: '/srv/ada/work/nb.ipynb',
  paths: posix,
  exists: () => true,
};

const windows: KernelPlace = {
  cwd: 'C:\\Users\\ada\\work',
  started: 'C:\\Users\\ada\\work',
  home: 'C:\\Users\\ada',
  notebookFile: 'C:\\Users\\ada\\work\\nb.ipynb',
  paths: win32,
  exists: () => true,
};

/** A disk with these files and no others. */
const disk = (where: KernelPlace, ...files: string[]): KernelPlace => ({
  ...where,
  exists: (path) => files.includes(path),
});

describe('a path that was typed', () => {
  it.each([
    ['birds.mp4', '/srv/ada/work/birds.mp4'],
    ['../más aves/b 1.mp4', '/srv/ada/más aves/b 1.mp4'],
    ['~/b.mp4', '/home/ada/b.mp4'],
    ['~', '/home/ada'],
    ['"/data/b 1.mp4"', '/data/b 1.mp4'],
    [' /data/b.mp4 ', '/data/b.mp4'],
    ['file:///data/b%201.mp4', '/data/b 1.mp4'],
    ['sample:bikes', 'sample:bikes'],
    ['~x/b.mp4', '/srv/ada/work/~x/b.mp4'],
  ])('%s is %s', (typed, place) => {
    expect(placeOf({ typed }, linux)).toBe(place);
  });

  it('may be a Windows one, there and elsewhere', () => {
    expect(placeOf({ typed: 'clips\\b.mp4' }, windows)).toBe('C:\\Users\\ada\\work\\clips\\b.mp4');
    expect(placeOf({ typed: '"D:\\b 1.mp4"' }, windows)).toBe('D:\\b 1.mp4');
    const turned = disk(linux, '/srv/ada/work/clips/b.mp4');
    expect(placeOf({ typed: 'clips\\b.mp4' }, turned)).toBe('/srv/ada/work/clips/b.mp4');
    const asIs = disk(linux, '/srv/ada/work/clips\\b.mp4');
    expect(placeOf({ typed: 'clips\\b.mp4' }, asIs)).toBe('/srv/ada/work/clips\\b.mp4');
  });

  it('that is an address of elsewhere is refused in a sentence', () => {
    expect(() => placeOf({ typed: 'file://host/b.mp4' }, linux)).toThrow(
      'no address of a file on this machine',
    );
  });
});

describe('what was chosen in the file browser', () => {
  it('is found from the server’s root, by the notebook’s own place', () => {
    const chosen = { chosen: 'data/más aves/b 1.mp4', notebook: 'work/nb.ipynb' };
    expect(placeOf(chosen, linux)).toBe('/srv/ada/data/más aves/b 1.mp4');
    expect(placeOf(chosen, windows)).toBe('C:\\Users\\ada\\data\\más aves\\b 1.mp4');
    const atRoot = { ...linux, started: '/srv/ada', notebookFile: '/srv/ada/nb.ipynb' };
    expect(placeOf({ chosen: 'b.mp4', notebook: 'nb.ipynb' }, atRoot)).toBe('/srv/ada/b.mp4');
  });

  it('is found though cells have gone to another folder', () => {
    const gone = { ...linux, cwd: '/elsewhere' };
    expect(placeOf({ chosen: 'b.mp4', notebook: 'work/nb.ipynb' }, gone)).toBe('/srv/ada/b.mp4');
  });

  it('is found from the kernel’s folder where the notebook was renamed since, or the server says nothing', () => {
    const renamed = { chosen: 'data/b.mp4', notebook: 'work/new name.ipynb' };
    expect(placeOf(renamed, linux)).toBe('/srv/ada/data/b.mp4');
    expect(placeOf(renamed, { ...linux, notebookFile: null })).toBe('/srv/ada/data/b.mp4');
    expect(placeOf({ chosen: 'b.mp4', notebook: null }, linux)).toBe('/srv/ada/work/b.mp4');
  });

  it('says so where the kernel runs elsewhere', () => {
    const elsewhere = disk({ ...linux, started: '/tmp', notebookFile: null });
    expect(() => placeOf({ chosen: 'data/b.mp4', notebook: 'work/nb.ipynb' }, elsewhere)).toThrow(
      'The kernel does not see data/b.mp4. It runs in /tmp, which is not the notebook’s folder, or on another machine. Type the path as the kernel sees it.',
    );
  });

  it.each(['../b.mp4', 'data/../../b.mp4', '', '/', 'a/\0b', '..'])(
    'that would leave the root is refused: %j',
    (chosen) => {
      expect(() => placeOf({ chosen, notebook: 'work/nb.ipynb' }, linux)).toThrow(
        'no place below the folder',
      );
    },
  );

  it('never leaves the root, whatever is named', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'é b', 'c\\d', '~', '...'), fc.string());
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        let place: string;
        try {
          place = placeOf({ chosen: parts.join('/'), notebook: 'work/nb.ipynb' }, linux);
        } catch {
          return;
        }
        expect(place.startsWith('/srv/ada/')).toBe(true);
      }),
    );
  });
});
