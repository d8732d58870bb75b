import { fitView, oneToOneView, panView, zoomView } from '../drawing';
import type { PictureShape, Point, Size, ViewTransform } from '../drawing';

/** Where the picture lies in the stage. Until the user zooms or pans it fits, whatever the stage's size. */
export class StageView {
  #picture: PictureShape = { width: 1, height: 1, pixelAspect: 1 };
  #viewport: Size = { width: 0, height: 0 };
  #transform: ViewTransform = { scaleX: 1, scaleY: 1, left: 0, top: 0 };
  #fits = true;

  get transform(): ViewTransform {
    return this.#transform;
  }

  get viewport(): Size {
    return this.#viewport;
  }

  get picture(): PictureShape {
    return this.#picture;
  }

  /** True while the picture is shown whole. */
  get fits(): boolean {
    return this.#fits;
  }

  /** Sets the stage's size in CSS pixels. True when it has changed. */
  resize(viewport: Size): boolean {
    const before = this.#viewport;
    if (before.width === viewport.width && before.height === viewport.height) return false;
    this.#viewport = viewport;
    if (this.#fits) this.fit();
    else this.panBy({ x: (viewport.width - before.width) / 2, y: (viewport.height - before.height) / 2 });
    return true;
  }

  /** Sets the picture's shape; another shape is shown whole. */
  setPicture(picture: PictureShape): void {
    const { width, height, pixelAspect } = this.#picture;
    if (picture.width === width && picture.height === height && picture.pixelAspect === pixelAspect) return;
    this.#picture = picture;
    this.fit();
  }

  fit(): void {
    this.#fits = true;
    this.#transform = fitView(this.#picture, this.#viewport);
  }

  oneToOne(): void {
    this.#fits = false;
    this.#transform = oneToOneView(this.#picture, this.#viewport);
  }

  /** Zooms with the place under `at` (the stage's middle if left out) kept where it is. */
  zoomBy(factor: number, at: Point = { x: this.#viewport.width / 2, y: this.#viewport.height / 2 }): void {
    this.#fits = false;
    this.#transform = zoomView(this.#transform, factor, at, this.#picture, this.#viewport);
  }

  panBy(by: Point): void {
    this.#fits = false;
    this.#transform = panView(this.#transform, by, this.#picture, this.#viewport);
  }
}
