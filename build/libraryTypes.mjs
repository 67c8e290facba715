import path from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './root.mjs';

/**
 * `AbortSignal` comes from the types of Node or of the DOM. Where a consumer has neither, its name is enough, since
 * nobody can make one. The references are for consumers whose `lib` is older.
 */
const HEAD = `/// <reference lib="es2022" />
/// <reference lib="esnext.disposable" />
declare global {
  interface AbortSignal {}
}
`;

const declarations = dts({
  tsconfig: path.join(root, 'src', 'tsconfig.json'),
  compilerOptions: { stripInternal: true, noCheck: true, types: ['node'] },
});

/** The API of the extension has no module at run time. */
const typesOnly = {
  name: 'types-only',
  /** @param {string} code */
  renderChunk: (code) => code.replaceAll(/^(import|export) \{/gm, '$1 type {'),
};

/**
 * Writes the declarations that consumers read, without what is marked `@internal`: `index.d.cts` for the library, and
 * `api.d.cts` for the API of the extension, which imports the library's types from there.
 *
 * @param {string} folder
 */
export async function writeLibraryTypes(folder) {
  const library = await rollup({
    input: path.join(root, 'src', 'library.ts'),
    plugins: [declarations],
    external: /^node:/,
  });
  const { output } = await library.write({ file: path.join(folder, 'index.d.cts'), banner: HEAD });
  const files = new Set(output[0].moduleIds);

  /**
   * @param {string} imported
   * @param {string | undefined} importer
   */
  const isOfLibrary = (imported, importer) =>
    importer !== undefined && files.has(path.resolve(path.dirname(importer), imported.replace(/\.js$/, '.ts')));
  const api = await rollup({
    input: path.join(root, 'src', 'api.ts'),
    plugins: [declarations, typesOnly],
    external: isOfLibrary,
  });
  await api.write({ file: path.join(folder, 'api.d.cts'), paths: () => './index.cjs' });
}
