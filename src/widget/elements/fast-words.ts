/** The setting `fast` beside its box. */
export const fastWords = 'Fast: a tenth less time, masks hardly worse';
