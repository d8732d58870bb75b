import type { Bitmap } from '../../mask';
import type { FrameSource } from '../video';
import type { EmbeddingCache } from './embedding-cache';
import type { Embedding, ObjectMemory, TrackingModel, Closeup } from './model-port';

/** What looking at frames needs of the engine. */
export interface LookParts {
  readonly source: FrameSource;
  readonly model: TrackingModel;
  readonly embeddings: EmbeddingCache;
}

/** The embedding of a frame, or of a closeup of it. */
export function embeddingOf(
  { model, source, embeddings }: LookParts,
  frame: number,
  signal: AbortSignal | undefined,
  closeup: Closeup | null = null,
): Promise<Embedding> {
  const encode = async (): Promise<Embedding> =>
    model.encode(await source.frameAt(frame, signal), undefined, closeup);
  return embeddings.of(frame, encode, closeup);
}

/**
 * Looks at a frame for objects, and at those that come to it, whose masks are given: as close as the family wants to. What is remembered of
 * them is seen again at that size first. `encode`: encodes the frame, which is at hand.
 */
export async function lookAt(
  parts: LookParts,
  frame: number,
  memories: readonly ObjectMemory[],
  coming: readonly Bitmap[],
  encode: (closeup: Closeup | null) => Promise<Embedding>,
  signal: AbortSignal | undefined,
): Promise<Embedding> {
  const { model, embeddings } = parts;
  const closeup = model.closeupFor?.(memories, coming) ?? null;
  await model.lookAgain?.(memories, closeup, (seen, closer) => {
    signal?.throwIfAborted();
    return embeddingOf(parts, seen, signal, closer);
  });
  return embeddings.of(frame, () => encode(closeup), closeup);
}
