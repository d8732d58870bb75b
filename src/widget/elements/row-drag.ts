/** Rows of a list on the screen, from top to bottom. */
export type RowBoxes = readonly { readonly top: number; readonly bottom: number }[];

/** So many pixels make a press a drag. */
const threshold = 5;

/** Dragging a row of a list to another place. */
export class RowDrag {
  #from: number | null = null;
  #start = 0;
  #to: number | null = null;

  /** The place it would take now; null until it has been dragged far enough to be one. */
  get to(): number | null {
    return this.#to;
  }

  /** The row that is held. */
  get from(): number | null {
    return this.#from;
  }

  press(row: number, y: number): void {
    this.#from = row;
    this.#start = y;
    this.#to = null;
  }

  /** True when something has changed. */
  move(y: number, rows: RowBoxes): boolean {
    if (this.#from === null || (this.#to === null && Math.abs(y - this.#start) < threshold)) return false;
    const before = this.#to;
    const below = rows.filter((row, at) => at !== this.#from && (row.top + row.bottom) / 2 < y).length;
    this.#to = below;
    return before !== below;
  }

  /** Lets go. Answers with the move to make, or null where nothing was dragged. */
  release(): { readonly from: number; readonly to: number } | null {
    const [from, to] = [this.#from, this.#to];
    this.cancel();
    return from === null || to === null ? null : { from, to };
  }

  cancel(): void {
    this.#from = null;
    this.#to = null;
  }
}
