import type { Bitmap } from '../../mask';
import { BestMatches } from './best-matches';
import { FourDots } from './four-dots';
import { joinedAt } from './join-voices';
import type { Voice } from './join-voices';
import type { Features } from './mobile-embedding';
import { logit, sigmoid, tuning } from './tuning';

/** A map of the new frame, and of each frame of a group of witnesses with its labels. */
export interface FourthsMaps {
  readonly query: Features;
  readonly witnesses: readonly { readonly features: Features; readonly labels: Float32Array }[];
}

/** Matches of places: those of each are `most`, in order, the best first. */
export interface Matches {
  readonly most: number;
  /** int32[places, most]: as `witness * places + place`; -1 for none. */
  readonly places: Int32Array;
}

/** The same, with how alike they are. */
export interface ScoredMatches extends Matches {
  /** float32[places, most] */
  readonly likeness: Float32Array;
}

/** What one group of witnesses has to say of places, each a fourth of a place in a coarser map. */
export interface FourthsGroup {
  readonly maps: FourthsMaps;
  /** Matches of the coarser map's places. */
  readonly parents: Matches;
  /**
   * What the coarser maps count in the likeness of a fourth to one at its place's `nth` match, or beside that: `beside` of the nine
   * places around it, row by row.
   */
  readonly coarser: (nth: number, beside: number) => number;
  /** What the map's own cosine counts. */
  readonly share: number;
}

/** What was voted, and each group's matches. */
export interface FourthsVote {
  readonly votes: Float32Array;
  readonly found: readonly ScoredMatches[];
}

/** Fourths of a match and those that touch them. */
const around = 16;

/**
 * How likely each place belongs to the object: float32[places]. Where `asked` is set, a place looks around the matches of the coarser
 * place that it is a fourth of for those most like it, and their labels vote, each group of witnesses by itself; the mean of the
 * groups' log odds counts. Elsewhere `known` stands.
 */
export function voteOnFourths(
  groups: readonly FourthsGroup[],
  asked: Bitmap,
  known: Float32Array,
): FourthsVote {
  const parents = parentsAsked(asked);
  const found: ScoredMatches[] = [];
  const voices = groups.map((group): Voice => {
    const search = new FourthsSearch(group);
    const odds = new Float64Array(known.length).fill(NaN);
    const likeness = new Float32Array(known.length);
    for (const parent of parents) {
      const first = firstFourth(parent, asked.width);
      search.ask(parent, first);
      for (let fourth = 0; fourth < 4; fourth++) {
        const at = fourthAfter(first, fourth, asked.width);
        const vote = asked.data[at] === 1 ? search.vote(fourth, at) : null;
        if (vote === null) continue;
        odds[at] = logit(vote);
        likeness[at] = search.found.likeness[at * tuning.voters]!;
      }
    }
    found.push(search.found);
    return { odds, likeness };
  });
  const votes = known.slice();
  for (let at = asked.data.indexOf(1); at >= 0; at = asked.data.indexOf(1, at + 1)) {
    const joined = joinedAt(voices, at);
    if (!Number.isNaN(joined)) votes[at] = sigmoid(joined);
  }
  return { votes, found };
}

/** Coarser places of which a fourth at least is asked, in order. */
function parentsAsked({ width, height, data }: Bitmap): number[] {
  const parents: number[] = [];
  for (let parent = 0; parent < (width * height) / 4; parent++) {
    const first = firstFourth(parent, width);
    if ([0, 1, 2, 3].some((fourth) => data[fourthAfter(first, fourth, width)] === 1)) parents.push(parent);
  }
  return parents;
}

/** The first of a place's fourths, two above two, in a map of lines of `width`. */
function firstFourth(parent: number, width: number): number {
  const columns = width / 2;
  return 2 * width * Math.floor(parent / columns) + 2 * (parent % columns);
}

function fourthAfter(first: number, fourth: number, width: number): number {
  return first + (fourth & 1) + (fourth >> 1) * width;
}

/** Nothing interrupts a vote: one of each number of channels serves them all. */
const allDots = new Map<number, FourDots>();

function dotsOf(channels: number): FourDots {
  const dots = allDots.get(channels) ?? new FourDots(channels);
  allDots.set(channels, dots);
  return dots;
}

/** Looks for places like the fourths of one around its matches, in one group's frames. */
class FourthsSearch {
  readonly found: ScoredMatches;
  readonly #group: FourthsGroup;
  readonly #best = new BestMatches(tuning.voters);
  /** Which place was asked when a place of a witness was last looked at; so that none is looked at twice. */
  readonly #seen: Int32Array;
  readonly #dots: FourDots;
  /** Of the places that are compared: what the coarser maps count in a likeness, the label, and which they are. */
  readonly #coarser: Float64Array;
  readonly #labels: Float64Array;
  readonly #places: Int32Array;
  #count = 0;
  #products: Int32Array = new Int32Array(0);

  constructor(group: FourthsGroup) {
    const { query, witnesses } = group.maps;
    this.#group = group;
    const places = query.columns * query.rows;
    this.#seen = new Int32Array(places * witnesses.length).fill(-1);
    this.#dots = dotsOf(query.channels);
    this.#dots.take(
      query,
      witnesses.map((one) => one.features),
    );
    const most = group.parents.most * around;
    this.#coarser = new Float64Array(most);
    this.#labels = new Float64Array(most);
    this.#places = new Int32Array(most);
    this.found = {
      most: tuning.voters,
      places: new Int32Array(places * tuning.voters).fill(-1),
      likeness: new Float32Array(places * tuning.voters),
    };
  }

  /** Compares the fourths of a place, of which the `first` is given, with those of its matches and those that touch them. */
  ask(parent: number, first: number): void {
    const { most, places } = this.#group.parents;
    this.#count = 0;
    for (let nth = parent * most; nth < (parent + 1) * most && places[nth]! >= 0; nth++)
      this.#around(parent, places[nth]!, nth);
    this.#products = this.#dots.compare(first);
  }

  /** What is most like one of the four that were compared, which lies at `at`, says of it. */
  vote(fourth: number, at: number): number | null {
    const best = this.#best;
    this.#choose(fourth);
    for (let i = 0; i < tuning.voters && best.places[i]! >= 0; i++) {
      this.found.places[at * tuning.voters + i] = this.#places[best.places[i]!]!;
      this.found.likeness[at * tuning.voters + i] = best.scores[i]!;
    }
    return best.vote(tuning.temperature);
  }

  /** The places most like one of the four. */
  #choose(fourth: number): void {
    const best = this.#best;
    const products = this.#products;
    const coarser = this.#coarser;
    const labels = this.#labels;
    const count = this.#count;
    const { share, maps } = this.#group;
    const { unit } = maps.query;
    best.clear();
    let { bar } = best;
    for (let i = 0; i < count; i++) {
      const likeness = share * (products[4 * i + fourth]! * unit) + coarser[i]!;
      // Of two that are as much alike the one that was looked at first counts.
      if (likeness <= bar) continue;
      best.insert(likeness, labels[i]!, i);
      bar = best.bar;
    }
  }

  #around(parent: number, match: number, nth: number): void {
    const { maps, coarser } = this.#group;
    const { columns, rows } = maps.query;
    const parents = (columns * rows) / 4;
    const which = Math.floor(match / parents);
    const found = match % parents;
    const [x, y] = [2 * (found % (columns / 2)), 2 * Math.floor(found / (columns / 2))];
    const first = which * columns * rows;
    const { labels } = maps.witnesses[which]!;
    const [lastLine, lastColumn] = [Math.min(rows - 1, y + 2), Math.min(columns - 1, x + 2)];
    for (let v = Math.max(0, y - 1); v <= lastLine; v++) {
      for (let u = Math.max(0, x - 1); u <= lastColumn; u++) {
        const place = v * columns + u;
        if (this.#seen[first + place] === parent) continue;
        this.#seen[first + place] = parent;
        this.#dots.add(which, place);
        this.#coarser[this.#count] = coarser(nth, ((v - y + 2) >> 1) * 3 + ((u - x + 2) >> 1));
        this.#places[this.#count] = first + place;
        this.#labels[this.#count++] = labels[place]!;
      }
    }
  }
}
