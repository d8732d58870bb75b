// Bundles the page for a browser: `node test/widget-page/bundle-page.mjs OUT` writes OUT/page.html and OUT/page.js.
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';

const here = dirname(fileURLToPath(import.meta.url));

/** The same compiler options as the tests: legacy decorators, fields set and not defined. */
const compileTypeScript = {
  test: /\.ts$/,
  loader: 'builtin:swc-loader',
  options: {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, useDefineForClassFields: false },
      target: 'es2022',
    },
  },
  type: 'javascript/auto',
};

/** Bundles the page into a folder and answers with the page's path. */
export async function bundlePage(out) {
  await mkdir(out, { recursive: true });
  const compiler = rspack({
    mode: 'production',
    entry: join(here, 'page.ts'),
    output: { path: resolve(out), filename: 'page.js' },
    resolve: { extensions: ['.ts', '.js'] },
    module: { rules: [compileTypeScript] },
    optimization: { minimize: true },
    performance: false,
    devtool: false,
  });
  await new Promise((resolve, reject) =>
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats.hasErrors()) reject(new Error(stats.toString('errors-only')));
      else compiler.close(() => resolve());
    }),
  );
  await copyFile(join(here, 'page.html'), join(out, 'page.html'));
  return join(out, 'page.html');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await bundlePage(process.argv[2]));
