import type { Checkpoint } from '../checkpoints';
import type { Sam2Config } from './sam2-config';
import type { HostTensors } from './sam2-graphs';

/** Names and shapes of what the host needs of a checkpoint beside the graphs. */
export function hostTensorShapes({ width }: Pick<Sam2Config, 'width'>): Record<string, readonly number[]> {
  return {
    no_mem_embed: [1, 1, width],
    no_obj_ptr: [1, width],
    'mask_downsample.weight': [1, 1, 4, 4],
    'mask_downsample.bias': [1],
  };
}

/** Reads them. */
export async function hostTensors(checkpoint: Pick<Checkpoint, 'readFloats'>): Promise<HostTensors> {
  return {
    noMemory: await checkpoint.readFloats('no_mem_embed'),
    noObjectPointer: await checkpoint.readFloats('no_obj_ptr'),
    maskDownsample: await checkpoint.readFloats('mask_downsample.weight'),
    maskDownsampleBias: (await checkpoint.readFloats('mask_downsample.bias'))[0]!,
  };
}
