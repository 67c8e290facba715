// npm run build: builds the extension, the panel's app, the library with its types, and the workers into dist/.
// --production minifies and omits source maps; --watch rebuilds what a window loads whenever a file changes; --workers
// only builds the workers and their conformance test.
import { build, context } from 'esbuild';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
  bundles,
  conformance,
  extension,
  grammarParser,
  javascriptEvaluator,
  javascriptGrammar,
  javascriptParser,
  panel,
  pythonGrammar,
  scriptPage,
  typescriptCompiler,
} from './build/bundles.mjs';
import { writeLibraryTypes } from './build/libraryTypes.mjs';
import { minify } from './build/minify.mjs';
import { copyPython } from './build/pythonPrograms.mjs';
import { thirdPartyNotices } from './build/thirdPartyNotices.mjs';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const mode = process.argv.includes('--production') ? { minify: true } : { sourcemap: true };

if (process.argv.includes('--watch')) {
  copyPythonPrograms();
  const grammars = [grammarParser, javascriptGrammar, pythonGrammar];
  for (const options of [
    extension,
    panel,
    ...grammars,
    scriptPage,
    javascriptEvaluator,
    typescriptCompiler,
    javascriptParser,
  ]) {
    await (await context({ ...mode, ...options, logLevel: 'info' })).watch();
  }
} else if (process.argv.includes('--workers')) {
  copyPythonPrograms();
  await Promise.all(
    [javascriptEvaluator, typescriptCompiler, javascriptParser, conformance].map((options) =>
      build({ ...mode, ...options }),
    ),
  );
} else {
  for (const output of ['engine', 'grammars', 'javascript', 'panel', 'python', 'scriptPage', 'extension.js.map']) {
    rmSync(path.join(dist, output), { recursive: true, force: true });
  }
  copyPythonPrograms();
  try {
    await buildAll();
    await writeLibraryTypes(path.join(dist, 'engine'));
    writeLibraryFace();
  } catch (error) {
    // esbuild has already reported its errors.
    if (!(error instanceof Error && 'errors' in error)) console.error(error);
    process.exitCode = 1;
  }
}

/** Builds all bundles, and the notices about third-party works in them. */
async function buildAll() {
  const metafiles = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => {
      const { metafile } = await build({ ...mode, ...options, metafile: true });
      return /** @type {const} */ ([name, metafile]);
    }),
  );
  writeInto(root, { 'ThirdPartyNotices.txt': thirdPartyNotices(Object.fromEntries(metafiles)) });
  if ('minify' in mode) await minify(metafiles.flatMap(([, { outputs }]) => Object.keys(outputs)));
}

/** Both bundles find them next to or above them. The short path is 4 kB less in the package, which has it twice for each file. */
function copyPythonPrograms() {
  for (const program of ['worker', 'supervisor']) {
    copyPython(path.join(root, 'src/evaluators/python', program), path.join(dist, 'python', program), mode);
  }
}

/** The ES module for the CommonJS file. */
function writeLibraryFace() {
  const target = path.join(dist, 'engine');
  const built = /** @type {object} */ (createRequire(import.meta.url)(path.join(target, 'index.cjs')));
  const names = Object.keys(built).sort();
  writeInto(target, {
    'index.d.ts': "export * from './index.cjs';\n",
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
