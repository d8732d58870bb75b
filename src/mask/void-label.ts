/** What a label map has where it says nothing (void), as in DAVIS and YouTube-VOS: no object's number there. */
export const voidLabel = 255;
