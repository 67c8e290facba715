// How esbuild bundles each part of the product. The caller adds the differences between development and production.
import { pageImports } from './pageImports.mjs';
import { root } from './root.mjs';
import { grammarFile, importedGrammars, requiredGrammars } from './sharedGrammars.mjs';
import { unusedSyntax } from './unusedSyntax.mjs';

/** @satisfies {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  legalComments: /** @type {const} */ ('none'),
  logLevel: /** @type {const} */ ('warning'),
};

/** @satisfies {import('esbuild').BuildOptions} */
const nodeCommon = {
  ...common,
  platform: /** @type {const} */ ('node'),
  target: 'node20.12',
  mainFields: ['module', 'main'],
  // Errors and logs show class names.
  keepNames: true,
};

/** @satisfies {import('esbuild').BuildOptions} */
const commonJs = {
  ...nodeCommon,
  format: /** @type {const} */ ('cjs'),
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** @type {import('esbuild').BuildOptions} */
export const extension = {
  ...commonJs,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  external: ['vscode'],
  plugins: [requiredGrammars('./grammars')],
  // Takes 14 kB less in the .vsix; errors have names of their own.
  keepNames: false,
};

/** @type {import('esbuild').BuildOptions} */
export const panel = {
  ...common,
  entryPoints: [
    { in: 'media/panel/main.ts', out: 'main' },
    { in: 'media/panel/main.css', out: 'main' },
    { in: 'media/panel/plots/plots.ts', out: 'plots' },
    { in: 'media/panel/plots/plots.css', out: 'plots' },
    { in: 'media/panel/data/data.ts', out: 'data' },
    { in: 'media/panel/data/data.css', out: 'data' },
  ],
  outdir: 'dist/panel',
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  // Code that few outputs need is in separate files, loaded when first needed.
  splitting: true,
  chunkNames: '[name]-[hash]',
  metafile: true,
  plugins: [importedGrammars('../grammars'), pageImports('imports.json')],
};

const grammarCommon = { ...common, platform: /** @type {const} */ ('neutral'), target: 'es2022' };

/** @type {import('esbuild').BuildOptions} */
export const grammarParser = { ...grammarCommon, ...grammarFile('lezer') };

/** @type {import('esbuild').BuildOptions} */
export const javascriptGrammar = { ...grammarCommon, ...grammarFile('javascript') };

/** @type {import('esbuild').BuildOptions} */
export const pythonGrammar = { ...grammarCommon, ...grammarFile('python') };

/**
 * Scripts that the extension inserts into a page as text.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const scriptPage = {
  ...common,
  entryPoints: ['media/scriptPage/page.ts', 'media/scriptPage/frameStart.ts'],
  outdir: 'dist/scriptPage',
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  sourcemap: false,
};

/**
 * CommonJS, which Node.js 20.12 can always `require`. `writeLibraryFace` adds an ES module that re-exports it, so that
 * a program that loads both has only one set of classes.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const library = {
  ...commonJs,
  entryPoints: { index: 'src/library.ts', blocking: 'src/blockingThread.ts' },
  outdir: 'dist/engine',
  outExtension: { '.js': '.cjs' },
};

/** @type {import('esbuild').BuildOptions} */
export const conformance = {
  ...nodeCommon,
  entryPoints: { conformance: 'src/conformance/main.ts' },
  outdir: 'dist/engine',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  sourcemap: false,
};

const keptGlobals = [
  ...[
    'Array',
    'Atomics',
    'BigInt',
    'Buffer',
    'Error',
    'Map',
    'Number',
    'Object',
    'Promise',
    'RangeError',
    'RegExp',
    'Set',
  ],
  ...['String', 'Symbol', 'SyntaxError', 'TypeError', 'URL', 'WeakMap', 'WeakRef'],
  ...['clearTimeout', 'performance', 'process', 'setImmediate', 'setTimeout'],
];

/** @satisfies {import('esbuild').BuildOptions} */
export const javascriptEvaluator = {
  ...nodeCommon,
  plugins: [
    {
      name: 'required-parser',
      setup(build) {
        build.onResolve({ filter: /^acorn$/ }, () => ({ path: './acorn.cjs', external: true }));
      },
    },
  ],
  entryPoints: {
    'receiver/main': 'src/evaluators/javascript/receiver/main.ts',
    'supervisor/main': 'src/evaluators/javascript/supervisor/main.ts',
    'worker/main': 'src/evaluators/javascript/worker/main.ts',
    'worker/inProcess': 'src/evaluators/javascript/worker/inProcess.ts',
    'worker/thread': 'src/evaluators/javascript/worker/output/thread.ts',
    'worker/reloadHooks': 'src/evaluators/javascript/worker/reload/reloadHooks.ts',
    'worker/typedHooks': 'src/evaluators/javascript/worker/modules/typedHooks.ts',
    'worker/debugRelay': 'src/evaluators/javascript/worker/debugging/relay.ts',
  },
  outdir: 'dist/javascript',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // The user's code may replace these; the worker continues with its own.
  banner: {
    js: `const { ${keptGlobals.join(', ')} } = globalThis, JSON = { parse: globalThis.JSON.parse, stringify: globalThis.JSON.stringify };`,
  },
  sourcemap: false,
};

/**
 * Users see none of its names.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const typescriptCompiler = {
  ...javascriptEvaluator,
  entryPoints: { 'worker/typescript': 'src/evaluators/javascript/worker/compile/typescript.ts' },
  plugins: [...javascriptEvaluator.plugins, unusedSyntax],
  keepNames: false,
};

/**
 * The worker and the thread of its debugger load the same file. Users see none of its names.
 *
 * @type {import('esbuild').BuildOptions}
 */
export const javascriptParser = {
  ...javascriptEvaluator,
  entryPoints: { 'worker/acorn': 'src/evaluators/javascript/worker/compile/parser.ts' },
  plugins: [],
  keepNames: false,
};

/** The packaged bundles, by the names that ThirdPartyNotices.txt uses. */
export const bundles = {
  'the extension': extension,
  'the panel': panel,
  'the parser of the extension and the panel': grammarParser,
  'the grammar of JavaScript': javascriptGrammar,
  'the grammar of Python': pythonGrammar,
  'the page for scripts of an output': scriptPage,
  'the library': library,
  'the conformance check': conformance,
  'the JavaScript evaluator': javascriptEvaluator,
  'the compiler of TypeScript': typescriptCompiler,
  'the parser of the JavaScript evaluator': javascriptParser,
};
