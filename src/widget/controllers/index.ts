export { CanvasDesk } from './canvas-desk';
export { previewChange } from './hover-preview';
export { performCommand } from './perform-command';
export type { TouchedPrompt } from './prompt-tools';
export type { Notice } from './notices';
export type { DecodedPicture, FramePicture, PictureDecoder } from './picture-feed';
export type { FrameMasks } from './mask-feed';
export { decodePicture } from './decode-picture';
export type { PageDesk, PageOutcome } from './page-desk';
