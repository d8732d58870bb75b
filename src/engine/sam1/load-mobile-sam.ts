import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dotProductModel, OnnxGraph, withOutput, withWholeWeights } from '../onnx';
import { MaskDecoder } from './mask-decoder';
import { fineMap, innerMap, MobileSam } from './mobile-sam';
import type { MobileSamSettings } from './mobile-settings';

/** How MobileSAM is to be loaded. */
export interface MobileSamOptions {
  readonly threads: number;
  readonly settings?: MobileSamSettings | undefined;
}

/** Loads MobileSAM from its encoder and decoder files. Rejects with a ModelError for damaged files. */
export async function loadMobileSam(
  [encoderFile, decoderFile]: readonly string[],
  { threads, settings = {} }: MobileSamOptions,
): Promise<MobileSam> {
  const [published, decoder] = await Promise.all([readFile(encoderFile!), readFile(decoderFile!)]);
  const options = { threads };
  const encoder = settings.fast ? withWholeWeights(published) : published;
  const weights = createHash('sha256').update(encoder).update(decoder).digest('hex').slice(0, 16);
  return new MobileSam({
    weights,
    encoder: await OnnxGraph.load(
      'encoder.onnx',
      withOutput(withOutput(encoder, innerMap), fineMap),
      options,
    ),
    decoder: new MaskDecoder(await OnnxGraph.load('sam.onnx', decoder, options)),
    dotProduct: await OnnxGraph.load('dot-product', dotProductModel(), options),
  });
}
