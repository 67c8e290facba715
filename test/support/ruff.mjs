// Lints the Python worker and checks its format with ruff, whose WebAssembly build needs no Python. --write formats.
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
/** @import { Diagnostic } from '@astral-sh/ruff-wasm-nodejs' */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './project.mjs';

const options = {
  'target-version': 'py37',
  'line-length': 120,
  lint: { select: ['B', 'C4', 'E', 'F', 'I', 'PIE', 'RET', 'RUF100', 'SIM', 'W'] },
};

const workspace = new Workspace(options, PositionEncoding.Utf8);
const problems = pythonFiles(inRoot('src', 'evaluators')).flatMap(
  process.argv.includes('--write') ? formatFile : problemsOf,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** @param {string} folder */
function pythonFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.py'))
    .map((file) => path.join(folder, file));
}

/** @param {string} file */
function problemsOf(file) {
  const source = readFileSync(file, 'utf8');
  const name = path.relative(inRoot(), file);
  const diagnostics = /** @type {Diagnostic[]} */ (workspace.check(source));
  const problems = diagnostics.map(
    ({ code, message, start_location: { row, column } }) =>
      `${name}:${String(row)}:${String(column)} ${code ?? 'syntax'} ${message}`,
  );
  if (workspace.format(source) !== source) problems.push(`${name} is not formatted: npm run format`);
  return problems;
}

/**
 * @param {string} file
 * @returns {string[]} no problems
 */
function formatFile(file) {
  writeFileSync(file, workspace.format(readFileSync(file, 'utf8')));
  return [];
}
