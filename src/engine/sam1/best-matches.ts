/** The best matches of one cell, in falling order of likeness. */
export class BestMatches {
  readonly #size: number;
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  readonly places: Int32Array;

  constructor(size: number) {
    this.#size = size;
    this.scores = new Float64Array(size);
    this.labels = new Float64Array(size);
    this.places = new Int32Array(size);
  }

  clear(): void {
    this.scores.fill(-Infinity);
    this.places.fill(-1);
  }

  /** The least likeness that still gets in. */
  get bar(): number {
    return this.scores[this.#size - 1]!;
  }

  /** Takes a match in where it is among the best; of two that are alike the one with the lower place comes first. */
  insert(score: number, label: number, place: number): void {
    const { scores, labels, places } = this;
    let at = this.#size - 1;
    if (score < scores[at]! || (score === scores[at] && place > places[at]!)) return;
    for (; at > 0; at--) {
      const before = scores[at - 1]!;
      if (before > score || (before === score && places[at - 1]! < place)) break;
      scores[at] = scores[at - 1]!;
      labels[at] = labels[at - 1]!;
      places[at] = places[at - 1]!;
    }
    scores[at] = score;
    labels[at] = label;
    places[at] = place;
  }

  /** The matches' labels, the more alike the weightier. `temperature` in the unit of the scores. Null without a match. */
  vote(temperature: number): number | null {
    const { scores, labels } = this;
    if (scores[0] === -Infinity) return null;
    let [sum, total] = [0, 0];
    for (let i = 0; i < this.#size && scores[i] !== -Infinity; i++) {
      const weight = Math.exp((scores[i]! - scores[0]!) / temperature);
      sum += weight * labels[i]!;
      total += weight;
    }
    return sum / total;
  }
}
