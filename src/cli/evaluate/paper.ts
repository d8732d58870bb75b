/**
 * Mean IoU of the paper (SAMannot, J. Open Research Software 2026, table 1; SAM 2.1 large and a person's prompts), where it is
 * known here. docs/paper-tables.md says what is not.
 */
export const paperIou: Readonly<Record<string, number>> = {
  bear: 0.9703,
  blackswan: 0.9506,
  dog: 0.964,
  'breakdance-flare': 0.9586,
  boat: 0.8243,
  schoolgirls: 0.7473,
};
