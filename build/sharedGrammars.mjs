// The extension and the panel load the same files of grammars, so that the package contains them once. Each file is a
// CommonJS module, which the extension requires, and a script, which the panel imports.
/** @import { BuildOptions, Plugin } from 'esbuild' */
import { root } from './root.mjs';

/** The packages in each file. */
const files = {
  lezer: ['@lezer/common', '@lezer/highlight', '@lezer/lr'],
  javascript: ['@lezer/javascript'],
  python: ['@lezer/python'],
};
/** The file of each package. */
const fileOf = new Map(Object.entries(files).flatMap(([file, names]) => names.map((name) => [name, `${file}.js`])));

/**
 * Options for one of the files. As a script, it keeps its exports in a global object, where the next file finds them.
 *
 * @param {keyof typeof files} name
 * @returns {BuildOptions}
 */
export function grammarFile(name) {
  const exported = `typeof module === 'object' ? module : ((globalThis.grammarFiles ??= {})['${name}.js'] = {})`;
  const required = `typeof require === 'function' ? require : (file) => globalThis.grammarFiles[file.slice(2)].exports`;
  return {
    stdin: {
      contents: files[name].map((each) => `export * from '${each}';`).join('\n'),
      resolveDir: root,
      sourcefile: `${name}.js`,
    },
    outfile: `dist/grammars/${name}.js`,
    format: 'cjs',
    banner: { js: '((module, require) => {' },
    footer: { js: `})(${exported}, ${required});` },
    plugins: name === 'lezer' ? [] : [requiredGrammars('.', files.lezer)],
  };
}

/**
 * Makes a CommonJS bundle require the files.
 *
 * @param {string} folder of the files, relative to the bundle
 * @param {Iterable<string>} packages those that are not bundled
 * @returns {Plugin}
 */
export function requiredGrammars(folder, packages = fileOf.keys()) {
  const filter = anyOf(packages);
  return {
    name: 'required-grammars',
    setup(build) {
      build.onResolve({ filter }, ({ path }) => ({ path: `${folder}/${String(fileOf.get(path))}`, external: true }));
    },
  };
}

/**
 * Makes a bundle of ES modules import the files.
 *
 * @param {string} folder of the files, relative to the bundle
 * @returns {Plugin}
 */
export function importedGrammars(folder) {
  const namespace = 'shared-grammars';
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: anyOf(fileOf.keys()) }, ({ path }) => ({ path, namespace }));
      build.onResolve({ filter: /./, namespace }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /./, namespace }, async ({ path }) => {
        /** @type {object} */
        const grammar = await import(path);
        const names = Object.keys(grammar);
        const file = String(fileOf.get(path));
        const imports = Array.from(new Set(['lezer.js', file]), (each) => `import '${folder}/${each}';`).join('\n');
        return { contents: `${imports}\nexport const { ${names.join(', ')} } = grammarFiles['${file}'].exports;` };
      });
    },
  };
}

/** @param {Iterable<string>} packages */
function anyOf(packages) {
  return new RegExp(`^(${[...packages].join('|')})$`);
}
