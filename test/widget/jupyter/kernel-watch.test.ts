import { describe, expect, it } from '@jest/globals';
import { watchKernel } from '../../../src/widget/jupyter/kernel-watch';

/** A kernel connection as JupyterLab's widget manager holds one. */
class FakeHostKernel {
  status = 'idle';
  isDisposed = false;
  readonly slots = new Set<() => void>();
  readonly statusChanged = {
    connect: (slot: () => void) => this.slots.add(slot),
    disconnect: (slot: () => void) => this.slots.delete(slot),
  };

  become(status: string): void {
    this.status = status;
    this.slots.forEach((slot) => slot());
  }
}

describe('watching the kernel through the host', () => {
  it.each(['dead', 'restarting', 'autorestarting', 'terminating'])(
    'a kernel that is %s is gone',
    (status) => {
      const kernel = new FakeHostKernel();
      const watch = watchKernel({ kernel });
      let heard = 0;
      watch.onChange(() => heard++);
      kernel.become('busy');
      expect([watch.isGone(), heard]).toEqual([false, 0]);
      kernel.become(status);
      expect([watch.isGone(), heard]).toEqual([true, 1]);
    },
  );

  it('one that came back is another kernel: gone stays gone', () => {
    const kernel = new FakeHostKernel();
    const watch = watchKernel({ kernel });
    watch.onChange(() => undefined);
    kernel.become('restarting');
    kernel.become('idle');
    expect(watch.isGone()).toBe(true);
  });

  it('knows a kernel that was dead from the start', () => {
    const kernel = new FakeHostKernel();
    kernel.status = 'dead';
    expect(watchKernel({ kernel }).isGone()).toBe(true);
  });

  it('stops listening', () => {
    const kernel = new FakeHostKernel();
    watchKernel({ kernel }).onChange(() => undefined)();
    expect(kernel.slots.size).toBe(0);
  });

  it.each([null, {}, { kernel: null }, { kernel: {} }])(
    'a host that tells nothing is taken as alive: %j',
    (manager) => {
      const watch = watchKernel(manager);
      watch.onChange(() => undefined)();
      expect(watch.isGone()).toBe(false);
    },
  );
});
