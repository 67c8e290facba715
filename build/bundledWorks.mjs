/** @import { Metafile } from 'esbuild' */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { copyrightComments } from './copyrightComments.mjs';
import { licenceTexts, readNotice } from './licenceTexts.mjs';
import { root } from './root.mjs';

/**
 * A third-party work that is part of a bundle.
 *
 * @typedef {object} Work
 * @property {string} name with the version
 * @property {string} licence an SPDX expression
 * @property {string} source its address
 * @property {Set<string>} parts of the product that contain it
 * @property {string[]} texts licences and copyright notices
 */

/**
 * Our files that contain third-party work.
 *
 * @type {Readonly<Record<string, Omit<Work, 'parts' | 'texts'> & { readonly notice: string }>>}
 */
const copies = {
  'media/panel/icons.ts': {
    name: 'Codicons',
    licence: 'CC-BY-4.0',
    source: 'https://github.com/microsoft/vscode-codicons',
    notice: 'codicons.txt',
  },
};

/**
 * All third-party works in the bundles, in the order of their names.
 *
 * @param {Readonly<Record<string, Metafile>>} parts what esbuild reported for each part of the product
 * @returns {Work[]}
 * @throws {Error} for a package without a licence or its text
 */
export function bundledWorks(parts) {
  /** @type {Map<string, { files: Set<string>; parts: Set<string> }>} */
  const found = new Map();
  for (const [part, metafile] of Object.entries(parts)) {
    for (const file of bundledFiles(metafile)) {
      const origin = file in copies ? file : packageFolder(file);
      if (origin === undefined) continue;
      const { files, parts } = found.get(origin) ?? { files: new Set(), parts: new Set() };
      found.set(origin, { files: files.add(file), parts: parts.add(part) });
    }
  }
  for (const file of Object.keys(copies)) {
    if (!found.has(file)) throw new Error(`No bundle contains ${file}. Correct build/bundledWorks.mjs.`);
  }
  return Array.from(found, ([origin, { files, parts }]) => ({ ...workFrom(origin, files), parts })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/** @param {Metafile} metafile */
function bundledFiles({ outputs }) {
  return new Set(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
}

/**
 * @param {string} file
 * @returns {string | undefined} the folder of the package that a file belongs to
 */
function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/**
 * @param {string} origin a key of `copies`, or a package's folder
 * @param {Iterable<string>} files
 */
function workFrom(origin, files) {
  const copy = copies[origin];
  if (copy) return { ...copy, texts: [readNotice(copy.notice)] };
  const { name, version, license } = /** @type {{ name: string; version: string; license?: string }} */ (
    JSON.parse(readFileSync(path.join(root, origin, 'package.json'), 'utf8'))
  );
  if (!license) throw new Error(`${origin} does not name its licence.`);
  return {
    name: `${name} ${version}`,
    licence: license,
    source: `https://www.npmjs.com/package/${name}/v/${version}`,
    texts: withoutRepetition([...licenceTexts(origin, name), ...copyrightComments(files)]),
  };
}

/**
 * Removes texts that another text contains, whatever their layout.
 *
 * @param {readonly string[]} texts
 */
function withoutRepetition(texts) {
  const words = texts.map((text) => text.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? '');
  return texts.filter((_, index) =>
    words.every((other, at) => {
      const own = words[index] ?? '';
      return at === index || !other.includes(own) || (other === own && at > index);
    }),
  );
}
