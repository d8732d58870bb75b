/** Settings of MobileSAM that trade quality for speed. */
export interface MobileSamSettings {
  /**
   * Encodes only the part of the model's square that the picture touches, with matrix products in whole numbers of seven bits:
   * half the encoder's time for a wide picture on a CPU, 0.8 of it for a square one; masks hardly worse (docs/tracker.md, “Speed”).
   */
  readonly fast?: boolean;
}
