/** @import { Comment } from 'acorn' */
import { parse } from 'acorn';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * The comments about copyright in source files. Some packages contain third-party code and only say so there.
 *
 * @param {Iterable<string>} files JavaScript
 * @returns {string[]}
 */
export function copyrightComments(files) {
  return [...files].flatMap(commentsIn).filter((comment) => /copyright|\(c\) ?\d{4}|@license/i.test(comment));
}

/**
 * @param {string} file
 * @returns {string[]} comments; consecutive lines of `//` count as one
 */
function commentsIn(file) {
  const source = readFileSync(path.join(root, file), 'utf8');
  /** @type {Comment[]} */
  const comments = [];
  parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowReturnOutsideFunction: true,
    onComment: comments,
  });
  /** @type {string[]} */
  const texts = [];
  let endOfLine = -1;
  for (const { type, value, start, end } of comments) {
    const text = value.replaceAll(/^[ \t]*[*!]?[ \t]?|[ \t\r*]+$/gm, '').trim();
    const goesOn = type === 'Line' && endOfLine >= 0 && source.slice(endOfLine, start).trim() === '';
    if (goesOn) texts.push(`${String(texts.pop())}\n${text}`);
    else texts.push(text);
    endOfLine = type === 'Line' ? end : -1;
  }
  return texts;
}
