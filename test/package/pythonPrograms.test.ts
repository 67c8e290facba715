import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyPython, withNarrowIndents, withoutTypeImports, withoutWords } from '../../build/pythonPrograms.mjs';
import { inRoot } from '../support/project.mjs';

test('comments, docstrings and types are left out, and every line keeps its number', () => {
  const source = `#!/usr/bin/env python3
"""Module."""

def one(): # why
    """Two
    lines."""
    return "# not a comment"  # but this

class Two:
    """All there is."""

if TYPE_CHECKING:
    from typing import Any  # why

def three(one: int, *more: Any, two: list[
    int] = (), **rest: Any) -> dict[str, int]:
    found: int = one
    return lambda: found

class Four:
    five: int = 5
    six: int

if not TYPE_CHECKING:
    four = 4
`;
  expect(withoutWords(source)).toBe(`


def one():


    return "# not a comment"

class Two:
    """All there is."""




def three(one, *more, two
 = (), **rest):
    found = one
    return lambda: found

class Four:
    five: int = 5
    six: int

if not TYPE_CHECKING:
    four = 4
`);
});

test('what has no types left imports nothing for them', () => {
  const types = 'from __future__ import annotations';
  expect(withoutTypeImports(`${types}\n\nfrom .. import TYPE_CHECKING\none = 1\n`)).toBe('\n\n\none = 1\n');
  expect(withoutTypeImports(`${types}\nfrom . import TYPE_CHECKING, two\n`)).toBe('\nfrom . import two\n');
  const typed = `${types}\nfrom . import TYPE_CHECKING\nif not TYPE_CHECKING:\n    three = 3\nfour: int\n`;
  expect(withoutTypeImports(typed)).toBe(typed);
});

test('each level of indentation is one space, but not in strings', () => {
  const source =
    "class A:\n    def b(self):\n        return f(1,\n                 \"    \", '''\n        c\n    ''')\n";
  expect(withNarrowIndents(source)).toBe(
    "class A:\n def b(self):\n  return f(1,\n     \"    \", '''\n        c\n    ''')\n",
  );
});

test('the programs of the package are the same code at the same places', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'extsession-python-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  copyPython(inRoot('src/evaluators/python'), folder, { minify: true });
  const compare = `
import ast, os, sys

documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

class Untyped(ast.NodeTransformer):
    def visit_AnnAssign(self, node):
        if node.value is None:
            return node
        return ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_ImportFrom(self, node):
        node.names = [name for name in node.names if name.name not in ("TYPE_CHECKING", "annotations")]
        return node if node.names else None

def code(file):
    with open(file, encoding="utf-8") as source:
        tree = Untyped().visit(ast.parse(source.read()))
    tree.body = [node for node in tree.body
                 if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING")]
    for node in ast.walk(tree):
        node.col_offset = node.end_col_offset = node.end_lineno = 0
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, documented) and len(node.body) > 1 and ast.get_docstring(node, False) is not None:
            del node.body[0]
    return ast.dump(tree, include_attributes=True)

original, copy = sys.argv[1:]
files = [os.path.relpath(os.path.join(place, name), copy)
         for place, _, names in os.walk(copy) for name in names if name.endswith(".py")]
print(len(files) > 100, [name for name in files if code(os.path.join(copy, name)) != code(os.path.join(original, name))])
`;
  const told = execFileSync('python3', ['-c', compare, inRoot('src/evaluators/python'), folder], { encoding: 'utf8' });
  expect(told).toBe('True []\n');
});
