// Jest runs tests in a realm of its own; onnxruntime makes and checks typed arrays of the realm it was loaded in.
// Here tests see that realm's arrays. Named in a test file's head: @jest-environment <rootDir>/test/support/onnx-environment.cjs
const { TestEnvironment } = require('jest-environment-node');

module.exports = class OnnxEnvironment extends TestEnvironment {
  constructor(...given) {
    super(...given);
    Object.assign(this.global, {
      Float32Array,
      Int32Array,
      BigInt64Array,
      Uint16Array,
      Uint32Array,
      Uint8Array,
      ArrayBuffer,
    });
  }
};
