import type { Bitmap } from '../../mask';
import type { Embedding, FramePrompts } from './model-port';

/** Answers kept for one frame: enough for the clicks of a few objects. */
const kept = 32;

/**
 * Answers prompts step by step, as the user gave them: the box, then each click, every step building on the answer
 * before. An answer depends on nothing but prompts and base, so that it can be had again after any interruption;
 * steps that were answered before are not computed anew while the frame's embedding lives.
 */
export class RefinedAnswers<E extends Embedding, A> {
  readonly #known = new WeakMap<Embedding, Map<string, A>>();

  /** `look` gives what a step is asked of, `ask` answers it; both are given what was answered before it, null at the first. */
  async answer(
    prompts: FramePrompts,
    base: Bitmap | null,
    look: (step: FramePrompts, before: A | null) => Promise<E>,
    ask: (embedding: E, step: FramePrompts, before: A | null) => Promise<A>,
  ): Promise<A> {
    const ground = `${bitmapKey(prompts.mask)} ${bitmapKey(base)}`;
    let before: A | null = null;
    for (const step of promptSteps(prompts)) {
      const embedding: E = await look(step, before);
      const known = this.#known.get(embedding) ?? new Map<string, A>();
      this.#known.set(embedding, known);
      const key = `${ground} ${JSON.stringify([step.box, step.points])}`;
      const answer: A = known.get(key) ?? (await ask(embedding, step, before));
      known.delete(key);
      known.set(key, answer);
      if (known.size > kept) known.delete(known.keys().next().value!);
      before = answer;
    }
    return before!;
  }
}

/** The prompts as they stood after each of them: the box (or the first click), then one click more at a time. */
export function promptSteps(prompts: FramePrompts): FramePrompts[] {
  const { points, box } = prompts;
  if (points.length === 0) return [prompts];
  const first = box ? 0 : 1;
  return Array.from({ length: points.length - first + 1 }, (_, i) => ({
    ...prompts,
    points: points.slice(0, first + i),
  }));
}

/** FNV-1a over the pixels. */
function bitmapKey(mask: Bitmap | null): string {
  if (!mask) return '-';
  let hash = 0x811c9dc5;
  for (let i = 0; i < mask.data.length; i++) hash = Math.imul(hash ^ mask.data[i]!, 0x01000193);
  return (hash >>> 0).toString(16);
}
