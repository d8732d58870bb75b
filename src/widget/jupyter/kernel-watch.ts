import type { Unsubscribe } from '../link';
import type { KernelWatch } from './model-link';

/** A signal of Lumino, as far as it is used. */
interface HostSignal {
  connect(slot: () => void): unknown;
  disconnect(slot: () => void): unknown;
}

/** The kernel connection that a widget manager of JupyterLab may give. */
interface HostKernel {
  readonly status?: string;
  readonly connectionStatus?: string;
  readonly isDisposed?: boolean;
  readonly statusChanged?: HostSignal;
  readonly connectionStatusChanged?: HostSignal;
  readonly disposed?: HostSignal;
}

/** After these a kernel's memory, and every comm into it, is lost. */
const goneStatuses = new Set(['dead', 'terminating', 'restarting', 'autorestarting']);

/**
 * Watches the kernel through the widget manager, where that has one. Other hosts say of a lost kernel through the
 * model's `comm_live` alone. A kernel that came back is a new one: this model is not in it, so gone stays gone.
 */
export function watchKernel(manager: unknown): KernelWatch {
  const kernel = (manager as { readonly kernel?: HostKernel | null } | null)?.kernel ?? null;
  let gone = kernel !== null && isGone(kernel);
  return {
    isGone: () => gone,
    isLost: () => kernel !== null && isLost(kernel),
    onChange(listener): Unsubscribe {
      let lost = kernel !== null && isLost(kernel);
      const slot = (): void => {
        if (!kernel) return;
        const before = lost;
        lost = isLost(kernel);
        gone ||= isGone(kernel);
        if (gone || lost !== before) listener();
      };
      kernel?.statusChanged?.connect(slot);
      kernel?.connectionStatusChanged?.connect(slot);
      kernel?.disposed?.connect(slot);
      return () => {
        kernel?.statusChanged?.disconnect(slot);
        kernel?.connectionStatusChanged?.disconnect(slot);
        kernel?.disposed?.disconnect(slot);
      };
    },
  };
}

function isGone(kernel: HostKernel): boolean {
  return kernel.isDisposed === true || goneStatuses.has(kernel.status ?? '');
}

function isLost({ connectionStatus = 'connected' }: HostKernel): boolean {
  return connectionStatus === 'connecting' || connectionStatus === 'disconnected';
}
