/** Settings of MobileSAM that trade quality for speed. */
export interface MobileSamSettings {
  /**
   * The encoder's matrix products in whole numbers of seven bits: 0.8 of its time on a CPU, masks hardly worse
   * (docs/tracker.md, “Speed”).
   */
  readonly fast?: boolean;
}
