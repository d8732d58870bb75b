import { parentPort } from 'node:worker_threads';
import { preprocess } from './preprocess';
import type { PreprocessRequest } from './preprocessor';

// A thread that scales pictures while the model computes. It ends with its parent.

parentPort?.on('message', ({ id, picture, size }: PreprocessRequest) => {
  const tensor = preprocess(picture, size);
  parentPort?.postMessage({ id, tensor }, [tensor.buffer as ArrayBuffer]);
});
