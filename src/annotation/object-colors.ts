/**
 * Twelve colours for objects, in the order of their use: found by search for the largest smallest distance in
 * OKLab over normal sight and full protan, deutan and tritan simulation (Machado 2009), relative luminance at
 * least 0.20, so that black digits on each have a contrast of 5:1 or better.
 */
export const objectColors: readonly string[] = [
  '#73c4e2',
  '#fced3f',
  '#ed4428',
  '#be84ff',
  '#2b9667',
  '#ee79a1',
  '#27fdf7',
  '#a9c719',
  '#f4ae95',
  '#be3bfb',
  '#c4fbaa',
  '#8770bf',
];

/** The colour of the n-th object, from 1; the 13th starts over. */
export function objectColor(number: number): string {
  return objectColors[(number - 1) % objectColors.length]!;
}
