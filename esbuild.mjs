// npm run build: the extension, the panel's app, the library with its types, and the workers, all into dist/.
// --production minifies and leaves the source maps out; --watch rebuilds what a window loads whenever a file changes;
// --workers builds the workers and their conformance test only.
import { build, context } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { selfContainedTypes } from './libraryTypes.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');
const production = process.argv.includes('--production');

/** @satisfies {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: !production,
  minify: production,
  legalComments: /** @type {const} */ ('none'),
  logLevel: /** @type {const} */ ('warning'),
};

/** @satisfies {import('esbuild').BuildOptions} */
const nodeCommon = {
  ...common,
  platform: /** @type {const} */ ('node'),
  target: 'node20',
  mainFields: ['module', 'main'],
  // Class names stand in errors and logs.
  keepNames: production,
};

/** @satisfies {import('esbuild').BuildOptions} */
const commonJs = {
  ...nodeCommon,
  format: /** @type {const} */ ('cjs'),
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** @type {import('esbuild').BuildOptions} */
const extension = {
  ...commonJs,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  external: ['vscode'],
};

/** @type {import('esbuild').BuildOptions} */
const panel = {
  ...common,
  entryPoints: ['media/panel/main.ts', 'media/panel/main.css'],
  outdir: 'dist/panel',
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  // What few outputs need is a file of its own, loaded by the first of them.
  splitting: true,
  chunkNames: '[name]-[hash]',
};

/**
 * CommonJS, which `require` takes on every Node 20; writeLibraryFace makes an ES module of it, so that a program that
 * comes by both has one library and one set of classes.
 *
 * @type {import('esbuild').BuildOptions}
 */
const library = {
  ...commonJs,
  entryPoints: { index: 'src/library.ts', blocking: 'src/blockingThread.ts' },
  outdir: 'dist/engine',
  outExtension: { '.js': '.cjs' },
};

/** @type {import('esbuild').BuildOptions} */
const conformance = {
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

const KEPT_GLOBALS = [
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

/** @type {import('esbuild').BuildOptions} */
const javascriptWorker = {
  ...nodeCommon,
  entryPoints: {
    main: 'src/evaluators/javascript/worker/main.ts',
    inProcess: 'src/evaluators/javascript/worker/inProcess.ts',
    thread: 'src/evaluators/javascript/worker/output/thread.ts',
    typescript: 'src/evaluators/javascript/worker/compile/typescript.ts',
  },
  outdir: 'dist/evaluators/javascript/worker',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // The person's code may replace these; the worker goes on with its own.
  banner: {
    js: `const { ${KEPT_GLOBALS.join(', ')} } = globalThis, JSON = { parse: globalThis.JSON.parse, stringify: globalThis.JSON.stringify };`,
  },
  sourcemap: false,
};

/**
 * Node's or the DOM's types make it complete, where they are; elsewhere its name is enough, since nobody can make one. The
 * references are for consumers whose own `lib` is older.
 */
const TYPES_HEAD = `/// <reference lib="es2022" />
/// <reference lib="esnext.disposable" />
declare global {
  interface AbortSignal {}
}
`;

if (process.argv.includes('--watch')) {
  copyPythonWorker();
  for (const options of [extension, panel, javascriptWorker]) {
    await (await context({ ...options, logLevel: 'info' })).watch();
  }
} else if (process.argv.includes('--workers')) {
  copyPythonWorker();
  await Promise.all([javascriptWorker, conformance].map((options) => build(options)));
} else {
  for (const output of ['engine', 'evaluators', 'panel', 'extension.js.map']) {
    rmSync(path.join(dist, output), { recursive: true, force: true });
  }
  copyPythonWorker();
  try {
    await Promise.all([extension, panel, library, conformance, javascriptWorker].map((options) => build(options)));
    writeLibraryTypes();
    writeLibraryFace();
  } catch (error) {
    // What esbuild and the compiler found wrong they have said.
    if (!(error instanceof Error && ('errors' in error || 'status' in error))) console.error(error);
    process.exitCode = 1;
  }
}

/** Both bundles find it in `evaluators`, beside or above them. */
function copyPythonWorker() {
  cpSync(path.join(root, 'src/evaluators/python/worker'), path.join(dist, 'evaluators/python/worker'), {
    recursive: true,
    filter: (source) => path.basename(source) !== '__pycache__',
  });
}

/** One file of declarations describes the CommonJS file, and with it the ES module; one more the extension's API. */
function writeLibraryTypes() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b', 'src'], { cwd: root, stdio: 'inherit' });
  const library = path.join(dist, 'types', 'library.d.ts');
  const api = selfContainedTypes(path.join(dist, 'types', 'api.d.ts'), { entry: library, module: './index.cjs' });
  writeInto(path.join(dist, 'engine'), {
    'index.d.cts': TYPES_HEAD + selfContainedTypes(library),
    'index.d.ts': "export * from './index.cjs';\n",
    'api.d.cts': api,
  });
}

/** The ES module of the CommonJS file. */
function writeLibraryFace() {
  const target = path.join(dist, 'engine');
  const built = /** @type {object} */ (createRequire(import.meta.url)(path.join(target, 'index.cjs')));
  const names = Object.keys(built).sort();
  writeInto(target, {
    'index.js': `import library from './index.cjs';\nexport const { ${names.join(', ')} } = library;\n`,
    'package.json': '{ "type": "module" }\n',
  });
}

/**
 * @param {string} folder
 * @param {Record<string, string>} files
 */
function writeInto(folder, files) {
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
}
