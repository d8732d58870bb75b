/** A place on the screen (CSS pixels in the stage) or in the picture (stored pixels). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture's size in stored pixels and the true shape of one pixel (width divided by height). */
export interface PictureShape extends Size {
  readonly pixelAspect: number;
}

/**
 * Where the picture lies in the stage: CSS pixels per stored pixel across and down, and the CSS place of the
 * picture's top left corner. Stored coordinates have (0, 0) at the centre of the first pixel.
 */
export interface ViewTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

/** Zoom goes from a tenth of the fitting size to 64 CSS pixels a stored pixel. */
const largestScale = 64;
const smallestShareOfFit = 0.1;

/** The picture whole and centred, as large as it can be. */
export function fitView(picture: PictureShape, viewport: Size): ViewTransform {
  const shown = picture.width * picture.pixelAspect;
  const scale = Math.min(viewport.width / shown, viewport.height / picture.height);
  return centred(picture, viewport, Number.isFinite(scale) && scale > 0 ? scale : 1);
}

/** One stored pixel to one CSS pixel, centred. */
export function oneToOneView(picture: PictureShape, viewport: Size): ViewTransform {
  return centred(picture, viewport, 1);
}

function centred(picture: PictureShape, viewport: Size, scaleY: number): ViewTransform {
  const scaleX = scaleY * picture.pixelAspect;
  return {
    scaleX,
    scaleY,
    left: (viewport.width - picture.width * scaleX) / 2,
    top: (viewport.height - picture.height * scaleY) / 2,
  };
}

/** Zoomed by a factor with the place under `at` kept where it is. */
export function zoomView(
  view: ViewTransform,
  factor: number,
  at: Point,
  picture: PictureShape,
  viewport: Size,
): ViewTransform {
  const smallest = fitView(picture, viewport).scaleY * smallestShareOfFit;
  const scaleY = Math.min(Math.max(view.scaleY * factor, smallest), largestScale);
  const ratio = scaleY / view.scaleY;
  const moved = {
    scaleX: view.scaleX * ratio,
    scaleY,
    left: at.x - (at.x - view.left) * ratio,
    top: at.y - (at.y - view.top) * ratio,
  };
  return keepInSight(moved, picture, viewport);
}

/** Moved by CSS pixels. */
export function panView(
  view: ViewTransform,
  by: Point,
  picture: PictureShape,
  viewport: Size,
): ViewTransform {
  return keepInSight({ ...view, left: view.left + by.x, top: view.top + by.y }, picture, viewport);
}

/** A picture larger than the stage covers its middle; a smaller one stays inside: it cannot be lost. */
function keepInSight(view: ViewTransform, picture: PictureShape, viewport: Size): ViewTransform {
  return {
    ...view,
    left: keepSide(view.left, picture.width * view.scaleX, viewport.width),
    top: keepSide(view.top, picture.height * view.scaleY, viewport.height),
  };
}

function keepSide(start: number, length: number, room: number): number {
  if (length <= room) return Math.min(Math.max(start, 0), room - length);
  const middle = room / 2;
  return Math.min(Math.max(start, middle - length), middle);
}

/** The screen place of a picture place. */
export function toScreen(view: ViewTransform, point: Point): Point {
  return {
    x: view.left + (point.x + 0.5) * view.scaleX,
    y: view.top + (point.y + 0.5) * view.scaleY,
  };
}

/** The picture place of a screen place; not rounded, and outside the picture where the screen place is. */
export function toPicture(view: ViewTransform, point: Point): Point {
  return {
    x: (point.x - view.left) / view.scaleX - 0.5,
    y: (point.y - view.top) / view.scaleY - 0.5,
  };
}

/** The pixel a picture place lies in, taken to the nearest one where it is outside. */
export function nearestPixel(picture: Size, point: Point): Point {
  return {
    x: Math.min(Math.max(Math.round(point.x), 0), picture.width - 1),
    y: Math.min(Math.max(Math.round(point.y), 0), picture.height - 1),
  };
}

/** True where a picture place is inside the picture. */
export function isInPicture(picture: Size, point: Point): boolean {
  return (
    point.x >= -0.5 && point.y >= -0.5 && point.x < picture.width - 0.5 && point.y < picture.height - 0.5
  );
}
