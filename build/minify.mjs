import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { minify as terser } from 'terser';
import { root } from './root.mjs';

/**
 * Not the evaluators, where user code can replace what terser counts on; only their compiler and parser, which are
 * libraries.
 */
const minified = /^dist\/(extension|(panel|grammars)\/.+)\.js$|^dist\/javascript\/worker\/(acorn|typescript)\.cjs$/;

/**
 * Removes more from the files of the extension and the panel than esbuild does: over 20 kB less in the .vsix for
 * some twelve seconds.
 *
 * @param {readonly string[]} files that the build has written, relative to the project's root
 */
export async function minify(files) {
  for (const file of files.filter((name) => minified.test(name))) {
    const place = path.join(root, file);
    const { code } = await terser(readFileSync(place, 'utf8'), {
      module: file.endsWith('.js') && file !== 'dist/extension.js',
      toplevel: true,
      ecma: 2020,
      compress: { passes: 2 },
    });
    if (!code) throw new Error(`terser made nothing of ${file}.`);
    writeFileSync(place, code);
  }
}
