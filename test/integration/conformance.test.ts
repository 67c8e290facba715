import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../support/project.mjs';
import { testPythons } from '../support/pythons.js';

const [python] = testPythons();
const toy = [
  '--programs',
  inRoot('test/fixtures/toyEvaluator/programs.json'),
  '--',
  python?.executable ?? 'python3',
  inRoot('test/fixtures/toyEvaluator/toy.py'),
];

/** Runs the conformance test as its user does. */
function conformance(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: unknown; lines: string[] }> {
  const program = inRoot('dist/engine/conformance.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, lines: (stdout + stderr).trim().split('\n') });
    });
  });
}

const ALL = '22 passed, 0 failed, 0 skipped';

describe.concurrent('the conformance test', { timeout: 120_000 }, () => {
  test.for([
    ['Python', ['--', python?.executable ?? 'python3', inRoot('src/evaluators/python/worker/start.py')]],
    ['JavaScript', ['--', process.execPath, inRoot('dist/javascript/worker/main.cjs')]],
    ['a toy that was written from the page on the protocol', toy],
  ] as const)('is passed by %s', async ([, args]) => {
    const { code, lines } = await conformance(args);
    expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([ALL]);
    expect(code).toBe(0);
  });

  test.for([
    ['order', 'marks the order between the two'],
    ['deaf', 'can be interrupted, and keeps its variables'],
    ['orphan', 'ends when the host is gone'],
  ] as const)('notices that a toy with the flaw %s fails', async ([flaw, title]) => {
    const { code, lines } = await conformance(toy, { TOY_FLAW: flaw });
    expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([expect.stringContaining(title)]);
    expect(code).toBe(1);
  });

  test('stops at once, and says so, when a toy never gets ready', async () => {
    const { code, lines } = await conformance(toy, { TOY_FLAW: 'unready' });
    expect(lines[0]).toMatch(/^not ok {2}starts, .* was not ready within 10 s/);
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });

  test('tells how it is used, which is no failure', async () => {
    const { code, lines } = await conformance(['--help']);
    expect([code, lines[0]]).toEqual([0, 'extsession-conformance [--programs FILE] -- COMMAND [ARGUMENT...]']);
  });

  test('says what is wrong with its own arguments', async () => {
    for (const args of [[], ['--bogus', '--', 'true'], ['--programs']]) {
      const { code, lines } = await conformance(args);
      expect([code, lines.some((line) => line.includes('-- COMMAND'))]).toEqual([2, true]);
      expect(lines.filter((line) => line.includes('    at '))).toEqual([]);
    }
    const missing = await conformance(['--', '/no/such/evaluator']);
    expect(missing).toEqual({ code: 2, lines: [expect.stringContaining('/no/such/evaluator')] });
  });
});
