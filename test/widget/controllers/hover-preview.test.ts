import { beforeEach, describe, expect, it } from '@jest/globals';
import { encodeRunLength } from '../../../src/mask';
import type { CanvasRequest } from '../../../src/protocol';
import { HoverPreview, previewChange } from '../../../src/widget/controllers/hover-preview';
import type { PreviewWish } from '../../../src/widget/controllers/hover-preview';
import type { RequestSender } from '../../../src/widget/link';

const picture = { width: 20, height: 10 };
const wish: PreviewWish = { objectId: 'o', frame: 2, x: 4.3, y: 5, positive: true };

describe('a preview while hovering', () => {
  let asked: CanvasRequest[];
  let answers: (() => void)[];
  let preview: HoverPreview;

  beforeEach(() => {
    asked = [];
    answers = [];
    const request = ((body: CanvasRequest) => {
      asked.push(body);
      const data = new Uint8Array(200).fill(1, 0, asked.length * 10);
      const { counts } = encodeRunLength({ ...picture, data });
      const answer = { value: picture, buffers: [new DataView(counts.slice().buffer)] };
      return new Promise((resolve) => answers.push(() => resolve(answer)));
    }) as unknown as RequestSender;
    preview = new HoverPreview({ request, changed: () => undefined });
  });

  async function answer(): Promise<void> {
    answers.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  }

  it('asks for the pixel under the pointer, and shows its mask', async () => {
    preview.want(wish, picture);
    expect(asked).toEqual([{ kind: 'preview', ...wish, x: 4 }]);
    expect(preview.shown).toMatchObject({ mask: null, area: null });
    await answer();
    expect(preview.shown).toMatchObject({ area: 10 });
  });

  it('asks one thing at a time, and then the latest', async () => {
    preview.want(wish, picture);
    preview.want({ ...wish, x: 6 }, picture);
    preview.want({ ...wish, x: 8 }, picture);
    expect(asked).toHaveLength(1);
    await answer();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({ x: 8 });
    await answer();
    expect(preview.shown).toMatchObject({ area: 20, wish: { x: 8 } });
  });

  it('asks nothing for a pointer that stays on its pixel', async () => {
    preview.want(wish, picture);
    await answer();
    preview.want({ ...wish, x: 3.9 }, picture);
    expect(asked).toHaveLength(1);
  });

  it('shows nothing once nothing is wished, whatever comes later', async () => {
    preview.want(wish, picture);
    preview.want(null, picture);
    await answer();
    expect(preview.shown).toBeNull();
    preview.want({ ...wish, frame: 3 }, picture);
    expect(preview.shown).toMatchObject({ mask: null });
  });
});

describe('the words of a preview', () => {
  it.each([
    [100, 160, { sign: '+', pixels: 60 }],
    [100, 40, { sign: '−', pixels: 60 }],
    [100, 100, { sign: '=', pixels: 0 }],
  ])('from %i to %i pixels', (before, after, words) => {
    expect(previewChange(before, after)).toEqual(words);
  });
});
