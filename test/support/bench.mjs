// npm run bench, npm run soak: builds, then runs a program of test/benchmarks with whatever arguments follow.
import * as esbuild from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot, root } from './project.mjs';
import { exitCode, run } from './run.mjs';

/**
 * What needs no build finds files beside its own.
 *
 * @type {import('esbuild').Plugin}
 */
const asItStands = {
  name: 'as it stands',
  setup: (build) => {
    build.onResolve({ filter: /^\.\.?\/.*\.mjs$/ }, ({ path: file, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, file)).href,
      external: true,
    }));
  },
};

await run(process.execPath, [inRoot('esbuild.mjs'), '--production'], { cwd: root });
// Beside dist/engine, since the library finds its Python worker from where it stands.
const [program = 'main', ...args] = process.argv.slice(2);
const outfile = inRoot('dist', 'benchmarks', `${program}.mjs`);
await esbuild.build({
  absWorkingDir: root,
  entryPoints: [`test/benchmarks/${program}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  external: ['esbuild', 'playwright-core'],
  plugins: [asItStands],
  logLevel: 'warning',
});
process.exitCode = Number(await exitCode(process.execPath, ['--expose-gc', outfile, ...args], { cwd: root }));
