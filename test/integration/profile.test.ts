import { expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { lineTimes } from '../../src/profiling/lineTimes.js';
import { testPythons } from '../support/pythons.js';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
    readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
  }[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const FILE = '/tmp/profiled.txt';
const python = `import time
def slow():
    until = time.perf_counter() + 0.3
    while time.perf_counter() < until:
        sum(range(500))
def quick():
    until = time.perf_counter() + 0.05
    while time.perf_counter() < until: pass
def both():
    slow(); quick()
both()`;
const javascript = `
function slow(): void {
  const until = performance.now() + 300;
  while (performance.now() < until)
    Array.from({ length: 500 }).map(Math.sqrt);
}
function quick() {
  const until = performance.now() + 50;
  while (performance.now() < until);
}
function both() { slow(); quick(); }
both()`;

const cases = [
  ...testPythons().map(
    ({ executable, version }) => [`Python ${version}`, { interpreter: executable }, python] as const,
  ),
  ['TypeScript', { evaluator: 'javascript' }, javascript] as const,
];

test.each(cases)('a command of %s is profiled: functions, lines and times', async (_name, options, source) => {
  await using session = await ExtSession.start(options);
  const results = session.execute(source, { filename: FILE, firstLine: 11, profile: true });
  const { profile: text = '', status } = await results.wait();
  expect(status).toBe('ok');
  const { nodes, samples, timeDeltas, startTime, endTime } = JSON.parse(text) as Profile;
  const named = (name: string) => nodes.filter(({ callFrame }) => callFrame.functionName === name);
  const [slow] = named('slow');
  const [both] = named('both');
  expect(slow?.callFrame).toMatchObject({ url: expect.stringContaining(FILE) as string, lineNumber: 11 });
  expect(both?.children).toContain(slow?.id);
  const lines = (slow?.positionTicks ?? []).toSorted((one, other) => other.ticks - one.ticks).map(({ line }) => line);
  expect([14, 15]).toContain(lines[0]);
  // In each, the function with its callees.
  const inside = (id: number): number[] => [
    id,
    ...(nodes.find((node) => node.id === id)?.children ?? []).flatMap(inside),
  ];
  const timeIn = (name: string): number => {
    const ids = new Set(named(name).flatMap(({ id }) => inside(id)));
    return samples.reduce((sum, id, at) => sum + (ids.has(id) ? (timeDeltas[at + 1] ?? 0) : 0), 0);
  };
  expect(timeIn('slow')).toBeGreaterThan(timeIn('quick'));
  expect(timeIn('both')).toBeLessThanOrEqual(endTime - startTime);
  expect(samples.length).toBe(timeDeltas.length);
  // A viewer gives what is left of the whole to the last sample.
  const sampled = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  expect(sampled).toBeLessThanOrEqual(endTime - startTime + 1);
  expect(samples.every((id) => nodes.some((node) => node.id === id))).toBe(true);
  expect(text).not.toMatch(/extsession_worker|evaluators\/javascript/);
  expect((await session.execute('1').wait()).profile).toBeUndefined();
});

test.each(cases)('a command of %s that fails or is interrupted is profiled, too', async (_name, options, source) => {
  await using session = await ExtSession.start(options);
  const fails = await session.execute(`${source}\nmissing`, { profile: true }).wait();
  expect([fails.status, (JSON.parse(fails.profile ?? '{}') as Partial<Profile>).nodes?.length]).toEqual([
    'error',
    expect.any(Number),
  ]);
  const isPython = 'interpreter' in options;
  const loop = session.execute(isPython ? 'print(1)\nwhile True: pass' : 'console.log(1); for (;;);', {
    profile: true,
  });
  await expect.poll(() => loop.stdout).toBe('1\n');
  await session.interrupt();
  const interrupted = await loop.wait();
  expect([interrupted.status, typeof interrupted.profile]).toEqual(['interrupted', 'string']);
});

/** Runs, waits, and is in one call of C that lets nobody look. */
const threeKinds =
  'import time\nuntil = time.perf_counter() + 0.3\nwhile time.perf_counter() < until: pass\ntime.sleep(0.3)\nsum(range(20_000_000))';
const loop = 'let sum = 0;\nfor (let n = 0; n < 2e8; n++)\n  sum += n % 7;\nsum';

test.each([
  ['python', threeKinds, [2, 3, 4]],
  ['javascript', loop, [1, 2]],
])('the lines of a command of %s have the time that they took', async (evaluator, source, lines) => {
  await using session = await ExtSession.start({ evaluator });
  const { profile = '' } = await session.execute(source, { filename: FILE, profile: true }).wait();
  const [file = []] = lineTimes(profile).values();
  const shares = lines.map((line) => file.find((each) => each.line === line)?.share ?? 0);
  expect(shares.reduce((sum, share) => sum + share)).toBeGreaterThan(0.6);
  if (evaluator === 'python') expect(Math.min(...shares)).toBeGreaterThan(0.1);
});

test.each(testPythons())(
  'a loop of Python $version that calls nothing is not told as its last line',
  async (python) => {
    const body = `    product = ${Array(30).fill('n').join(' * ')}\n    copy = n\n    last = n`;
    const source = `n = -1\nwhile n < 0: n += 1\nfor n in range(500_000):\n${body}`;
    await using session = await ExtSession.start({ interpreter: python.executable });
    const before = await session.evaluate("'opcode' in __import__('sys').modules");
    const { profile = '' } = await session.execute(source, { filename: FILE, profile: true }).wait();
    const [file = []] = lineTimes(profile).values();
    const shareOf = (line: number): number => file.find((each) => each.line === line)?.share ?? 0;
    expect(shareOf(2) + shareOf(3)).toBeGreaterThan(0.6); // the loop, or the line that takes its time
    expect(shareOf(5)).toBeLessThan(0.3);
    expect(await session.evaluate("'opcode' in __import__('sys').modules")).toBe(before);
  },
);
