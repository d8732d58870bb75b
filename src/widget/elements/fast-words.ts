/** The setting `fast` beside its box. */
export const fastWords = 'Fast: a fifth less time, masks hardly worse';
