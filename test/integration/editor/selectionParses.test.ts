import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageNamed } from '../../unit/editor/languageNamed.js';
import { pythonSource } from '../../unit/editor/pythonSource.js';
import { inRoot } from '../../support/project.mjs';

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

/**
 * What is sent from `count` places of a text: a cursor, a selection of some lines, a part of a line, and so on in turn.
 */
function sentFrom(languageId: string, text: string, count: number, random: () => number): string[] {
  const language = languageNamed(languageId);
  const lines = text.split(/\r?\n/);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, index) => {
    const line = below(lines.length);
    const content = lines[line] ?? '';
    const start = { line, character: below(content.length + 1) };
    if (index % 3 === 0) return language.codeToRun(text, { start, end: start }).code;
    if (index % 3 === 1) {
      const end = { line: Math.min(line + below(8), lines.length - 1), character: below(60) };
      return language.codeToRun(text, { start, end }).code;
    }
    const edges = [...content.matchAll(/\b|(?<=[^\s\w])|(?=[^\s\w])/g)].map((match) => match.index);
    const [from = 0, to = 0] = [edges[below(edges.length)], edges[below(edges.length)]].sort((a = 0, b = 0) => a - b);
    return language.codeToRun(text, { start: { line, character: from }, end: { line, character: to } }).code;
  });
}

/** At most `count` of them, evenly spread, so that more files do not take more time. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(all.length / count));
  return all.filter((_, index) => index % step === 0);
}

/** A small linear congruential generator: failures can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

function expectAllToCompile(texts: readonly string[], count: number): void {
  const whole = compiles(texts);
  const parsing = texts.filter((_, index) => whole[index]);
  const sent = [...new Set(parsing.flatMap((text, index) => sentFrom('python', text, count, seeded(index + 1))))];
  const results = compiles(sent);
  expect(parsing.length).toBeGreaterThan(texts.length / 2);
  expect(sent.filter((_, index) => !results[index])).toEqual([]);
}

describe('what is sent to Python', () => {
  it('compiles when the file does, for generated files', () => {
    expectAllToCompile(fc.sample(pythonSource, { numRuns: 100, seed: 7 }), 20);
  });

  it("compiles when the file does, for Python's own library", () => {
    const folder = execFileSync('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))'], {
      encoding: 'utf8',
    }).trim();
    const files = readdirSync(folder).filter((name) => name.endsWith('.py'));
    expectAllToCompile(
      spread(files, 50).map((name) => readFileSync(join(folder, name), 'utf8')),
      30,
    );
  });
});

describe('what is sent to TypeScript', () => {
  it("compiles when the file does, for this project's own sources", () => {
    const all = readdirSync(inRoot('src'), { recursive: true, encoding: 'utf8' });
    const names = spread(
      all.filter((name) => name.endsWith('.ts')),
      60,
    );
    const sent = names.flatMap((name, index) =>
      sentFrom('typescript', readFileSync(inRoot('src', name), 'utf8'), 18, seeded(index + 1)),
    );
    expect(new Set(sent).size).toBeGreaterThan(names.length);
    expect([...new Set(sent)].filter((code) => !isTypeScript(code))).toEqual([]);
  });
});

function isTypeScript(code: string): boolean {
  try {
    transformSync(code, { loader: 'ts', logLevel: 'silent' }); // no format: commands are no modules, and not strict
    return true;
  } catch {
    return false;
  }
}
