import { join } from 'node:path';
import type { GraphFiles, Sam2Config } from '../sam2';
import { packageRoot } from '../video';

/** A model whose weights are fetched once and kept on this machine. */
export interface CatalogueEntry {
  readonly config: Sam2Config;
  /** Its graphs, in a folder of models/graphs. */
  readonly graphs: GraphFiles;
  readonly graphFolder: string;
  readonly checkpoint: OfficialCheckpoint;
  /** On two cores: measured for EdgeTAM and SAM 2.1 tiny (docs/speed.md), reckoned for the others. */
  readonly cost: ModelCost;
  /** What to know before trusting it; null for models as they were trained. */
  readonly caution: string | null;
}

/** A file that its makers publish. Sizes and hashes: ../shared/facts/sam2.md, from several sources that agree. */
export interface OfficialCheckpoint {
  readonly file: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a model takes on a CPU of two cores. */
export interface ModelCost {
  /** MiB that the engine process takes at most, its cache not counted. */
  readonly peakMiB: number;
  /** Seconds a frame: once for the picture, and for each object. */
  readonly encodeSeconds: number;
  readonly trackSeconds: number;
}

/** The model that comes with Masklet. */
export const embeddedModel = 'mobilesam';

const meta = 'https://dl.fbaipublicfiles.com/segment_anything_2/092824';

const sizes = [
  {
    name: 'sam2.1_hiera_tiny',
    title: 'SAM 2.1 tiny',
    bytes: 156_008_466,
    sha256: '7402e0d864fa82708a20fbd15bc84245c2f26dff0eb43a4b5b93452deb34be69',
    cost: { peakMiB: 1800, encodeSeconds: 2.1, trackSeconds: 2.8 },
  },
  {
    name: 'sam2.1_hiera_small',
    title: 'SAM 2.1 small',
    bytes: 184_416_285,
    sha256: '6d1aa6f30de5c92224f8172114de081d104bbd23dd9dc5c58996f0cad5dc4d38',
    cost: { peakMiB: 1900, encodeSeconds: 2.6, trackSeconds: 2.8 },
  },
  {
    name: 'sam2.1_hiera_base_plus',
    title: 'SAM 2.1 base+',
    bytes: 323_606_802,
    sha256: 'a2345aede8715ab1d5d31b4a509fb160c5a4af1970f199d9054ccfb746c004c5',
    cost: { peakMiB: 2400, encodeSeconds: 5, trackSeconds: 2.8 },
  },
  {
    name: 'sam2.1_hiera_large',
    title: 'SAM 2.1 large',
    bytes: 898_083_611,
    sha256: '2647878d5dfa5098f2f8649825738a9345572bae2d4350a2468587ece47dd318',
    cost: { peakMiB: 4200, encodeSeconds: 12, trackSeconds: 2.8 },
  },
] as const;

const edgetam = {
  name: 'edgetam',
  title: 'EdgeTAM',
  // The commit that the hash belongs to.
  url: 'https://github.com/facebookresearch/EdgeTAM/raw/7711e012a30a2402c4eaab637bdb00a521302c91/checkpoints/edgetam.pt',
  bytes: 56_116_523,
  sha256: 'ed2d4850b8792c239689b043c47046ec239b6e808a3d9b6ae676c803fd8780df',
} as const;

const untrained =
  'Runs at 512 pixels, for which these weights were not trained: quicker, and its quality has not been measured.';

const entries: readonly CatalogueEntry[] = [
  edgetamEntry(1024, { peakMiB: 1300, encodeSeconds: 0.35, trackSeconds: 0.7 }),
  ...sizes.map((size) => sam2Entry(size, 1024, size.cost)),
  edgetamEntry(512, { peakMiB: 500, encodeSeconds: 0.1, trackSeconds: 0.2 }),
  sam2Entry(sizes[0], 512, { peakMiB: 800, encodeSeconds: 0.45, trackSeconds: 0.35 }),
];

/** All models that can be added, the one to offer first in front. */
export function catalogue(): readonly CatalogueEntry[] {
  return entries;
}

/** The entry of a name, or undefined. */
export function catalogueEntry(name: string): CatalogueEntry | undefined {
  return entries.find((one) => one.config.name === name);
}

/** Where the weight-free graphs of an entry lie. */
export function graphSource(entry: CatalogueEntry): string {
  return join(packageRoot(), 'models', 'graphs', entry.graphFolder);
}

function sam2Entry(
  { name, title, bytes, sha256 }: (typeof sizes)[number],
  size: 1024 | 512,
  cost: ModelCost,
): CatalogueEntry {
  const small = size === 512;
  return {
    config: {
      name: small ? `${name}_512` : name,
      title: small ? `${title}, 512 pixels` : title,
      licence: 'Apache-2.0',
      size,
      width: 256,
      memoryWidth: 64,
      memoryTokens: (size / 16) ** 2,
      spatialTokens: true,
    },
    graphs: {
      imageEncoder: `${name}.image_encoder`,
      maskDecoder: 'sam2.1.mask_decoder',
      memoryEncoder: 'sam2.1.memory_encoder',
      memoryAttention: 'sam2.1.memory_attention',
    },
    graphFolder: small ? '512' : '',
    checkpoint: { file: `${name}.pt`, url: `${meta}/${name}.pt`, bytes, sha256 },
    cost,
    caution: small ? untrained : null,
  };
}

function edgetamEntry(size: 1024 | 512, cost: ModelCost): CatalogueEntry {
  const small = size === 512;
  const { name, title, url, bytes, sha256 } = edgetam;
  return {
    config: {
      name: small ? `${name}_512` : name,
      title: small ? `${title}, 512 pixels` : title,
      licence: 'Apache-2.0',
      size,
      width: 256,
      memoryWidth: 64,
      memoryTokens: 512,
      spatialTokens: false,
    },
    graphs: {
      imageEncoder: 'edgetam.image_encoder',
      maskDecoder: 'edgetam.mask_decoder',
      memoryEncoder: 'edgetam.memory_encoder',
      memoryAttention: 'edgetam.memory_attention',
    },
    graphFolder: small ? '512' : '',
    checkpoint: { file: 'edgetam.pt', url, bytes, sha256 },
    cost,
    caution: small ? untrained : null,
  };
}
