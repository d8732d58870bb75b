import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Provider } from './provider';

/**
 * Why a provider cannot even be tried here, or null. onnxruntime itself finds out, too, but prints its findings to
 * the terminal where a person would take them for failures.
 */
export function missingForProvider(provider: Provider): string | null {
  if (provider === 'cuda' && process.platform === 'linux') {
    const folder = join(onnxruntimeFolder(), 'bin', 'napi-v6', process.platform, process.arch);
    if (!existsSync(join(folder, 'libonnxruntime_providers_cuda.so')))
      return 'its files are not installed (npx masklet providers add cuda)';
    if (!existsSync('/dev/nvidiactl') && !existsSync('/dev/dxg')) return 'there is no NVIDIA driver';
  }
  if (provider === 'webgpu' && process.platform === 'linux') {
    if (!hasVulkanLoader()) return 'the Vulkan loader is not installed (Debian: libvulkan1)';
    if (!hasGpuDevice()) return 'there is no GPU';
  }
  return null;
}

/** A device of the kernel's, or a driver that someone named, such as one that computes in software. */
function hasGpuDevice(): boolean {
  if (process.env['VK_ICD_FILENAMES'] || process.env['VK_DRIVER_FILES']) return true;
  if (existsSync('/dev/nvidiactl') || existsSync('/dev/dxg')) return true;
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((one) => one.startsWith('renderD'));
}

function onnxruntimeFolder(): string {
  return dirname(require.resolve('onnxruntime-node/package.json'));
}

function hasVulkanLoader(): boolean {
  const folders = [
    ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter((one) => one !== ''),
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
    '/lib64',
    '/run/opengl-driver/lib',
  ];
  return folders.some((folder) => existsSync(join(folder, 'libvulkan.so.1')));
}
