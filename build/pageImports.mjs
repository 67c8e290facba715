// What the pages of webviews import before they show anything. Each file is a message to the window and back, so a page
// that learns of one from another shows itself later.
/** @import { Metafile, Plugin } from 'esbuild' */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** The module that is loaded as the page starts although it is imported dynamically. */
const PYTHON = 'shared-grammars:@lezer/python';

/**
 * Writes the files that each page imports, by the page's name, relative to the folder of the bundle.
 *
 * @param {string} file
 * @returns {Plugin}
 */
export function pageImports(file) {
  return {
    name: 'page-imports',
    setup(build) {
      const { entryPoints, outdir, write } = build.initialOptions;
      const pages = Array.isArray(entryPoints)
        ? entryPoints.flatMap((each) => (typeof each === 'object' ? each.out : []))
        : [];
      build.onEnd(({ metafile }) => {
        if (metafile && outdir !== undefined && write !== false)
          writeFileSync(path.join(outdir, file), JSON.stringify(importsOf(metafile, outdir, pages)));
      });
    },
  };
}

/**
 * @param {Metafile} metafile
 * @param {string} outdir
 * @param {readonly string[]} pages
 */
function importsOf({ outputs }, outdir, pages) {
  /** @type {(output: string, found: Set<string>) => Set<string>} */
  const collect = (output, found) => {
    for (const { path: imported, kind, external } of outputs[output]?.imports ?? []) {
      const isNeeded = kind === 'import-statement' || outputs[imported]?.entryPoint === PYTHON;
      const name = external ? imported : path.posix.relative(outdir, imported);
      if (!isNeeded || found.has(name)) continue;
      found.add(name);
      collect(imported, found);
    }
    return found;
  };
  return Object.fromEntries(
    Array.from(new Set(pages), (page) => [page, [...collect(path.posix.join(outdir, `${page}.js`), new Set())]]),
  );
}
