import { describe, expect, it } from '@jest/globals';
import { watchKernel } from '../../../src/widget/jupyter/kernel-watch';

/** A kernel connection as JupyterLab's widget manager holds one. */
class FakeHostKernel {
  status = 'idle';
  connectionStatus = 'connected';
  isDisposed = false;
  readonly slots = new Set<() => void>();
  readonly statusChanged = {
    connect: (slot: () => void) => this.slots.add(slot),
    disconnect: (slot: () => void) => this.slots.delete(slot),
  };

  readonly connectionStatusChanged = this.statusChanged;

  connection(status: string): void {
    this.connectionStatus = status;
    this.slots.forEach((slot) => slot());
  }

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

  it('a connection that is lost comes back, and the kernel is the same', () => {
    const kernel = new FakeHostKernel();
    const watch = watchKernel({ kernel });
    const heard: boolean[] = [];
    watch.onChange(() => heard.push(watch.isLost()));
    for (const status of ['connecting', 'disconnected', 'connected']) kernel.connection(status);
    expect(heard).toEqual([true, false]);
    expect(watch.isGone()).toBe(false);
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
