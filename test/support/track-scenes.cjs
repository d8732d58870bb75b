// Tracks scenes with the embedded model, from the mask of each first frame, and prints JSON: `fared` by scene, and `anew`.
// node test/support/track-scenes.cjs '{"translate":[0,2,4]}'     scene and frames
// node test/support/track-scenes.cjs '{}' '{"corners":{"frames":[0,1,2],"at":1}}'     the first object is said to be the second
// A process of its own, as in the product: jest's realm makes drawing and matching many times slower. Runs src/ as it is.
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const options = {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  };
  module._compile(transformFileSync(file, { ...options, swcrc: false }).code, file);
};
const { loadModel } = require('../../src/engine/models');
const { trackSaidAnew, trackScene } = require('./scene-tracking');

async function main() {
  const model = await loadModel('mobilesam', { threads: 2 });
  const fared = {};
  for (const [name, frames] of Object.entries(JSON.parse(process.argv[2]))) {
    const began = Date.now();
    fared[name] = await trackScene(model, name, frames);
    process.stderr.write(`${name}: ${frames.length} frames in ${(Date.now() - began) / 1000} s\n`);
  }
  const anew = {};
  for (const [name, said] of Object.entries(JSON.parse(process.argv[3] ?? '{}')))
    anew[name] = await trackSaidAnew(model, name, said);
  process.stdout.write(JSON.stringify({ fared, anew }));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
