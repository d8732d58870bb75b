import { lessFamiliar } from './tuning';

/** What a group of witnesses says of places, and how much those look like what it knows. */
export interface Voice {
  /** Log odds that a place belongs to the object; NaN where the group says nothing. */
  readonly odds: Float64Array;
  /** As a cosine. */
  readonly likeness: Float32Array;
}

/** What several groups say of each place, float64[places], as {@link joinedAt} has it. */
export function joinVoices(voices: readonly Voice[]): Float64Array {
  const joined = new Float64Array(voices[0]!.odds.length);
  for (let place = 0; place < joined.length; place++) joined[place] = joinedAt(voices, place);
  return joined;
}

/**
 * The mean of several groups' log odds for a place; NaN where none says anything. A group is not heard of a place that looks like nothing it knows
 * while another has seen it: its best match there is as good as any.
 */
export function joinedAt(voices: readonly Voice[], place: number): number {
  let best = 0;
  for (const { odds, likeness } of voices)
    if (!Number.isNaN(odds[place]!) && likeness[place]! > best) best = likeness[place]!;
  const least = best > 0 ? lessFamiliar * best : -Infinity;
  let [sum, count] = [0, 0];
  for (const { odds, likeness } of voices) {
    if (Number.isNaN(odds[place]!) || likeness[place]! < least) continue;
    sum += odds[place]!;
    count++;
  }
  return sum / count;
}
