import { KernelError } from '../../errors';
import { WidgetModel } from './widget-model';
import type { WidgetHost, WidgetModelOptions } from './widget-model';

/** The kernel that this process is. */
export interface KernelHost extends WidgetHost {
  /** Hears the user's stop button. */
  onInterrupt(listener: () => void): () => void;
}

// The launcher and a notebook's cells may load two copies of this package; they find each other here.
const place = Symbol.for('masklet.kernel-host');

type Place = { [place]?: KernelHost };

/** Says what kernel this is; the launcher does, once. */
export function installKernelHost(host: KernelHost): void {
  (globalThis as Place)[place] = host;
}

/** True inside a kernel that carries widgets. */
export function insideKernel(): boolean {
  return (globalThis as Place)[place] !== undefined;
}

/** The kernel that this process is. Throws a KernelError elsewhere. */
export function kernelHost(): KernelHost {
  const host = (globalThis as Place)[place];
  if (host) return host;
  throw new KernelError(
    'There is no canvas here: this is not the kernel “TypeScript (Masklet)”. Choose it in the notebook (Kernel, Change Kernel), or annotate with { show: false }.',
  );
}

/** Makes a widget in the front end of this kernel. Throws a KernelError outside of one. */
export function createWidgetModel(options: WidgetModelOptions): WidgetModel {
  return new WidgetModel(kernelHost(), options);
}

/** Hears the user's stop button; outside a kernel there is none. */
export function onInterrupt(listener: () => void): () => void {
  return insideKernel() ? kernelHost().onInterrupt(listener) : () => undefined;
}
