/**
 * Passes items on, one behind: while one is worked on the next is already read, and `prepare` has begun on it. What
 * was prepared comes with the item. Leaving the loop ends the source.
 */
export async function* readAhead<T, P>(
  source: AsyncIterable<T>,
  prepare: (item: T) => Promise<P> | null,
): AsyncGenerator<{ readonly item: T; readonly prepared: Promise<P> | null }, void, undefined> {
  let held: { readonly item: T; readonly prepared: Promise<P> | null } | null = null;
  for await (const item of source) {
    const next = { item, prepared: prepare(item) };
    // Whoever leaves the loop early never looks at it.
    next.prepared?.catch(() => undefined);
    if (held) yield held;
    held = next;
  }
  if (held) yield held;
}
