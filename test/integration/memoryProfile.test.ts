import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

const FILE = '/tmp/memory.py';

describe.each(testPythons())('the memory of a command in Python $version', ({ executable }) => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable });
    await session.execute('import json').wait();
  });
  afterAll(() => session.exit());

  const profiled = async (source: string): Promise<ExtResults> => {
    const results = session.execute(source, { filename: FILE, firstLine: 11, profile: 'memory' });
    await results.wait();
    return results;
  };

  test('is told for each line, the largest first, as links, and nothing is left behind', async () => {
    const { stdout } = await profiled(`kept = [bytes(1000) for _ in range(2000)]
def grow():
    return bytearray(3_000_000)
big = grow()
gone = bytearray(9_000_000); del gone
parsed = json.loads('[' + '"' + 'x' * 400_000 + '"]')`);
    const [first, ...lines] = stdout.split('\n');
    expect(first).toMatch(/^Memory: \d\.\d MB held at the end, 1\d\.\d MB at most$/);
    expect(lines[0]).toMatch(/^ {3}3\.0 MB in \d+ blocks: File "\/tmp\/memory\.py", line 13$/);
    expect(lines[1]).toMatch(/^ {3}2\.\d MB in \d+ blocks: File "\/tmp\/memory\.py", line 11$/);
    expect(lines[2]).toMatch(/^ {3}0\.4 MB in \d+ blocks: File "\/tmp\/memory\.py", line 16$/);
    expect(await session.evaluate("__import__('sys').modules.get('_tracemalloc')")).toBeNull();
  });

  test('is told of a command that fails, and not of code that traces itself', async () => {
    const failed = await profiled('big = bytearray(2_000_000)\n1 / 0');
    expect(failed.stdout).toMatch(/^ {3}2\.0 MB in \d+ blocks: File "\/tmp\/memory\.py", line 11$/m);
    expect(failed.outcome).toMatchObject({ status: 'error', error: { name: 'ZeroDivisionError' } });
    await session.execute('import tracemalloc; tracemalloc.start()').wait();
    const refused = await profiled('ran = True');
    expect(refused.outcome).toMatchObject({
      error: { message: expect.stringContaining('tracemalloc.stop()') as unknown },
    });
    expect(await session.evaluate("tracemalloc.is_tracing() and 'ran' not in globals()")).toBe(true);
  });
});

interface HeapNode {
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
}
const all = (node: HeapNode): HeapNode[] => [node, ...node.children.flatMap(all)];

test('the memory of a command of TypeScript is told for each function, without what is gone', async () => {
  await using session = await ExtSession.start({ evaluator: 'javascript' });
  const source = `function grow(count: number) { return Array.from({ length: count }, (_, n) => ({ n })); }
const kept = grow(300_000);
function lose() { return grow(300_000).length; }
lose();`;
  const { profile = '' } = await session.execute(source, { filename: FILE, firstLine: 11, profile: 'memory' }).wait();
  const { head } = JSON.parse(profile) as { readonly head: HeapNode };
  const sizeIn = (node: HeapNode): number => all(node).reduce((sum, { selfSize }) => sum + selfSize, 0);
  const grown = all(head).filter(({ callFrame }) => callFrame.functionName === 'grow');
  expect(grown[0]?.callFrame).toMatchObject({ url: expect.stringContaining(FILE) as string, lineNumber: 10 });
  const held = grown.reduce((sum, node) => sum + sizeIn(node), 0);
  expect(held).toBeGreaterThan(5_000_000); // each object and its place take some 20 bytes or more
  expect(held).toBeLessThan(15_000_000);
  expect(profile).not.toMatch(/evaluators\/javascript|dist\/javascript/);
  expect(await session.evaluate('kept.length')).toBe(300_000);
  expect((await session.execute('throw 1', { profile: 'memory' }).wait()).profile).toContain('"head"');
});
