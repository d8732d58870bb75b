/** The setting `fast` beside its box. */
export const fastWords = 'Fast: up to a third less time, masks hardly worse';
