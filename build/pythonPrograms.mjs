import { parser } from '@lezer/python';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Code in a session can ask for help about `extsession` and its members. */
const documented = ['libraries/extsession', 'data/kept', 'output/attribution', 'values/display'];
const isDocumented = new RegExp(`[/\\\\](${documented.join('|')})\\.py$`);

/** It cannot be imported: a session need not have that library. */
const isOfTypes = /^from typing_extensions import/m;

/**
 * Copies a folder of Python.
 *
 * @param {string} from
 * @param {string} to
 * @param {{ minify?: boolean }} mode `minify` leaves out what only people and type checkers read: a third of it
 */
export function copyPython(from, to, { minify }) {
  cpSync(from, to, { recursive: true, filter: (source) => path.basename(source) !== '__pycache__' });
  if (!minify) return;
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(to, name);
    if (!file.endsWith('.py') || isDocumented.test(file)) continue;
    const source = readFileSync(file, 'utf8');
    if (isOfTypes.test(source)) rmSync(file);
    else writeFileSync(file, withNarrowIndents(withoutTypeImports(withoutWords(source))));
  }
}

/**
 * Python without comments, docstrings and types. Each line keeps its number, so that a traceback fits the source.
 *
 * @param {string} source
 */
export function withoutWords(source) {
  let kept = '';
  let end = 0;
  parser.parse(source).iterate({
    enter: ({ node }) => {
      if (node.name !== 'Comment' && !isDocstring(node) && !isOfType(node, source)) return true;
      kept +=
        source.slice(end, node.from).replace(/[ \t]+$/, '') + source.slice(node.from, node.to).replace(/[^\n]/g, '');
      end = node.to;
      return false; // comments within are gone, too
    },
  });
  return kept + source.slice(end);
}

/**
 * Python that imports nothing for types when it has none left: 7 kB less in the package.
 *
 * @param {string} source
 */
export function withoutTypeImports(source) {
  /** @type {Set<string>} */
  const nodes = new Set();
  parser.parse(source).iterate({ enter: ({ name }) => void nodes.add(name) });
  const untyped = nodes.has('TypeDef') ? source : source.replace(/^from __future__ import annotations$/m, '');
  if (untyped.match(/\bTYPE_CHECKING\b/g)?.length !== 1) return untyped;
  return untyped.replace(/^from \.+ import TYPE_CHECKING$/m, '').replace(/\bimport TYPE_CHECKING, /, 'import ');
}

/**
 * Python whose levels of four spaces are one each, except in strings: 4 kB less in the package.
 *
 * @param {string} source
 */
export function withNarrowIndents(source) {
  /** @type {(readonly [from: number, to: number])[]} */
  const strings = [];
  parser.parse(source).iterate({
    enter: ({ name, from, to }) => {
      if (name.endsWith('String')) strings.push([from, to]);
    },
  });
  const isInString = (/** @type {number} */ at) => strings.some(([from, to]) => from < at && at < to);
  return source.replace(/^(?: {4})+/gm, (indent, /** @type {number} */ at) =>
    isInString(at) ? indent : ' '.repeat(indent.length / 4),
  );
}

/**
 * The type of a parameter, a result or an assigned name, or what only a type checker imports. Those of a class's members
 * stay: a program can read them.
 *
 * @param {import('@lezer/common').SyntaxNode} node
 * @param {string} source
 */
function isOfType({ name, parent, from, lastChild }, source) {
  if (name === 'TypeDef') {
    if (parent?.name === 'ParamList' || parent?.name === 'FunctionDefinition') return true;
    const isAssigned = parent?.name === 'AssignStatement' && parent.getChild('AssignOp') !== null;
    return isAssigned && scopeOf(parent) !== 'ClassDefinition';
  }
  if (name !== 'IfStatement' || parent?.name !== 'Script') return false;
  return lastChild !== null && source.slice(from, lastChild.from) === 'if TYPE_CHECKING';
}

/** @param {import('@lezer/common').SyntaxNode | null} node */
function scopeOf(node) {
  const scopes = ['ClassDefinition', 'FunctionDefinition', 'Script'];
  while (node && !scopes.includes(node.name)) node = node.parent;
  return node?.name;
}

/**
 * Of a body that has more in it.
 *
 * @param {import('@lezer/common').SyntaxNode} node
 */
function isDocstring({ name, parent: statement }) {
  if (name !== 'String' || statement?.name !== 'ExpressionStatement' || statement.nextSibling === null) return false;
  let previous = statement.prevSibling;
  while (previous?.name === 'Comment') previous = previous.prevSibling;
  return statement.parent?.name === 'Script' ? previous === null : previous?.name === ':';
}
