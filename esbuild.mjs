// npm run build: the extension, the panel's app, the library with its types, and the workers, all into dist/.
// --production minifies and leaves the source maps out; --watch rebuilds what a window loads whenever a file changes;
// --workers builds the workers and their conformance test only.
import { build, context } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

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
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  sourcemap: false,
};

const KEPT_GLOBALS = [
  'Array',
  'Atomics',
  'Buffer',
  'Error',
  'Map',
  'Number',
  'Object',
  'Promise',
  'Set',
  'String',
].concat(['clearTimeout', 'process', 'setImmediate', 'setTimeout']);

/** @type {import('esbuild').BuildOptions} */
const javascriptWorker = {
  ...nodeCommon,
  entryPoints: ['main', 'typescript'].map((name) => `src/evaluators/javascript/worker/${name}.ts`),
  outdir: 'dist/evaluators/javascript/worker',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // The person's code may replace these; the worker goes on with its own.
  banner: {
    js: `const { ${KEPT_GLOBALS.join(', ')} } = globalThis, JSON = { parse: globalThis.JSON.parse, stringify: globalThis.JSON.stringify };`,
  },
  sourcemap: false,
};

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
  } catch {
    // esbuild and the compiler have said what is wrong.
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

/** Puts the declarations that the library's face reaches beside its bundle, and nothing of the rest. */
function writeLibraryTypes() {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-b', 'src'], { cwd: root, stdio: 'inherit' });
  const types = path.join(dist, 'types');
  const target = path.join(dist, 'engine');
  const faces = ['library.d.ts', 'api.d.ts'].map((name) => path.join(types, name));
  for (const file of new Set(faces.flatMap((face) => [...declarationsReachedFrom(face)]))) {
    const copy = path.join(target, 'types', path.relative(types, file));
    mkdirSync(path.dirname(copy), { recursive: true });
    writeFileSync(copy, readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, ''));
  }
}

/** The ES module, and the types of both forms: one tree of declarations, which describes the CommonJS file. */
function writeLibraryFace() {
  const target = path.join(dist, 'engine');
  const built = /** @type {object} */ (createRequire(import.meta.url)(path.join(target, 'index.cjs')));
  const names = Object.keys(built).sort();
  // The reference makes AsyncDisposable known to consumers whose own `lib` is older.
  const types = '/// <reference lib="esnext.disposable" />\nexport * from \'./types/library.js\';\n';
  const files = {
    'index.js': `import library from './index.cjs';\nexport const { ${names.join(', ')} } = library;\n`,
    'index.d.ts': types,
    'index.d.cts': types,
    'package.json': '{ "type": "module" }\n',
    'types/package.json': '{ "type": "commonjs" }\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(target, name), content);
}

/**
 * @param {string} file
 * @param {Set<string>} [reached]
 * @returns {Set<string>}
 */
function declarationsReachedFrom(file, reached = new Set()) {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    if (!fileName.startsWith('.')) continue;
    declarationsReachedFrom(path.resolve(path.dirname(file), fileName.replace(/\.js$/, '.d.ts')), reached);
  }
  return reached;
}
