import type { PromptRecord } from './records';

/**
 * Writes down what prompts say, in a few characters: two lists of prompts that ask for the same have the same mark.
 * Which object they are of is left out, so that a mask stays up to date when its object is swapped. FNV-1a, 2 × 32 bits.
 */
export function promptsMark(prompts: readonly PromptRecord[]): string {
  const text = JSON.stringify(prompts.map(whatItSays));
  return hash(text, 0x811c9dc5) + hash(text, 0x1b873593);
}

function whatItSays(prompt: PromptRecord): readonly unknown[] {
  switch (prompt.kind) {
    case 'point':
      return ['point', prompt.x, prompt.y, prompt.positive];
    case 'box':
      return ['box', prompt.x0, prompt.y0, prompt.x1, prompt.y1];
    case 'mask':
      return ['mask', prompt.mask];
  }
}

function hash(text: string, seed: number): string {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
