import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeToRun } from '../../../src/editor/selection.js';
import { pythonSource } from '../../unit/editor/pythonSource.js';

const COMPILE = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def compiles(source):
    try:
        compile(source, "sent", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
    except (SyntaxError, ValueError):
        return False
    return True
json.dump([compiles(source) for source in json.load(sys.stdin)], sys.stdout)
`;

/** Asks the real Python, once for all sources. */
function compiles(sources: readonly string[]): boolean[] {
  const options = { input: JSON.stringify(sources), maxBuffer: 1 << 30, encoding: 'utf8' as const };
  return JSON.parse(execFileSync('python3', ['-I', '-c', COMPILE], options)) as boolean[];
}

/** What is sent from `count` places of a text, half of them cursors and half of them selections. */
function sentFrom(text: string, count: number, random: () => number): string[] {
  const lines = text.split(/\r?\n/);
  const place = () => {
    const line = Math.floor(random() * lines.length);
    return { line, character: Math.floor(random() * ((lines[line]?.length ?? 0) + 1)) };
  };
  return Array.from({ length: count }, (_, index) => {
    const [a, b] = [place(), place()];
    const near = { line: Math.min(a.line + Math.floor(random() * 6), lines.length - 1), character: b.character };
    return codeToRun(text, { start: a, end: index % 2 ? near : a }).code;
  });
}

/** A small linear congruential generator: failures can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

function expectAllToCompile(texts: readonly string[], count: number): void {
  const whole = compiles(texts);
  const parsing = texts.filter((_, index) => whole[index]);
  const sent = [...new Set(parsing.flatMap((text, index) => sentFrom(text, count, seeded(index + 1))))];
  const results = compiles(sent);
  expect(parsing.length).toBeGreaterThan(texts.length / 2);
  expect(sent.filter((_, index) => !results[index])).toEqual([]);
}

describe('what is sent to Python', () => {
  it('compiles when the file does, for generated files', () => {
    expectAllToCompile(fc.sample(pythonSource, { numRuns: 400, seed: 7 }), 20);
  });

  it("compiles when the file does, for Python's own library", () => {
    const folder = execFileSync('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))'], {
      encoding: 'utf8',
    }).trim();
    const files = readdirSync(folder).filter((name) => name.endsWith('.py'));
    expectAllToCompile(
      files.map((name) => readFileSync(join(folder, name), 'utf8')),
      60,
    );
  });
});
