import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/** Packages without the text of their licence, which is taken from the repositories that they name. */
const missing = /** @type {Readonly<Record<string, string>>} */ ({
  '@microsoft/fast-element': 'fast.txt',
  '@microsoft/fast-foundation': 'fast.txt',
  '@microsoft/fast-web-utilities': 'fast.txt',
  '@vscode/l10n': 'vscode-l10n.txt',
});

/**
 * The licence files that are not taken, of packages that offer several. dompurify can be taken under the Apache License
 * alone, and each text takes kilobytes of the package.
 */
const notTaken = /** @type {Readonly<Record<string, string>>} */ ({ dompurify: 'LICENSE-MPL' });

/**
 * The texts of a package's licence files.
 *
 * @param {string} folder of the package
 * @param {string} name
 * @returns {string[]} at least one
 * @throws {Error} if there is none
 */
export function licenceTexts(folder, name) {
  const files = readdirSync(path.join(root, folder)).filter(
    (file) => /^(licen[cs]e|copying|copyright|notice(?!s))/i.test(file) && file !== notTaken[name],
  );
  if (files.length > 0) return files.map((file) => read(folder, file));
  const notice = missing[name];
  if (notice) return [readNotice(notice)];
  throw new Error(
    `${folder} has no licence text. Put the one of its repository into build/notices, and name it in ${import.meta.filename}.`,
  );
}

/** @param {string} file in build/notices */
export function readNotice(file) {
  return read('build/notices', file);
}

/** @param {string[]} parts */
function read(...parts) {
  return readFileSync(path.join(root, ...parts), 'utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
}
