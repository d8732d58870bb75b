// Written by `npm run review:check`; docs/review.md says how it was measured.

/** What a check from the other side was measured to be worth on tracks of the model’s own. */
export interface CheckWorth {
  /** Of the masks that the check disagrees with those that are bad, 0 to 1. */
  readonly precision: number;
  /** Of the bad masks that were compared those that it disagrees with, 0 to 1. */
  readonly recall: number;
  /** How many masks were compared, and how many of them are bad: their IoU with the known mask is below `badBelow`. */
  readonly masks: number;
  readonly bad: number;
  readonly badBelow: number;
  /** How surely the agreement, and the model’s own confidence, tell bad masks from the others: 0.5 is chance, 1 is always. */
  readonly agreementAuc: number;
  readonly confidenceAuc: number;
}

export const checkWorth: CheckWorth = {
  precision: 0.6,
  recall: 0.72,
  masks: 277,
  bad: 142,
  badBelow: 0.7,
  agreementAuc: 0.76,
  confidenceAuc: 0.91,
};

/** What was measured on. */
export const checkMeasuredOn = 'schoolgirls, breakdance-flare: MobileSAM from the first mask, 40 frames each';
