/** @import { Metafile } from 'esbuild' */
/** @import { Work } from './bundledWorks.mjs' */
import { bundledWorks } from './bundledWorks.mjs';

const head = `ExtSession contains the third-party software that is listed below, under the licences that are given with it.

The extension's package (.vsix) contains the extension, the panel and the evaluators. The npm package contains the
library, the conformance check and the evaluators.
`;

/**
 * The text of ThirdPartyNotices.txt: name, version, licence and copyright texts of all bundled third-party works.
 *
 * @param {Readonly<Record<string, Metafile>>} parts what esbuild reported for each part of the product
 */
export function thirdPartyNotices(parts) {
  // Equal texts that are close to each other take no space in a package.
  const works = bundledWorks(parts).toSorted((one, other) => compare(one.licence, other.licence));
  const entries = works.map(entry);
  return [head, ...entries].join(`\n${'='.repeat(80)}\n\n`);
}

/** @param {Work} work */
function entry({ name, licence, source, parts, texts }) {
  return `${name}
Licence: ${licence}
Source: ${source}
Part of: ${[...parts].join(', ')}

${texts.join('\n\n')}
`;
}

/**
 * @param {string} one
 * @param {string} other
 */
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}
