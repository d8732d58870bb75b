/** What tslab lends TypeScript for “later”. */
export interface TimedSystem {
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

/**
 * tslab has room for one pending timer, that of the next build, and throws for a second. TypeScript asks for one more
 * when a file appears beside the notebook (it may be a module that was not found before), as every export does: that
 * timer is a real one.
 */
export function separateTimers(system: TimedSystem): void {
  const [later, never] = [system.setTimeout.bind(system), system.clearTimeout.bind(system)];
  const own = new Set<unknown>();
  system.setTimeout = (callback, milliseconds) => {
    if (callback.name !== 'invalidateResolutionsOfFailedLookup') return later(callback, milliseconds);
    const timer = setTimeout(() => {
      own.delete(timer);
      callback();
    }, milliseconds).unref();
    own.add(timer);
    return timer;
  };
  system.clearTimeout = (timer) => {
    if (own.delete(timer)) clearTimeout(timer as NodeJS.Timeout);
    else never(timer);
  };
}
