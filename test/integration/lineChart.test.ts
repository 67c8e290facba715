import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineChart } from '../../src/commands/variables/lineChart.js';
import { ExtSession } from '../../src/library.js';

let session: ExtSession;
beforeAll(async () => {
  session = await ExtSession.start({ evaluator: 'javascript' });
});
afterAll(() => session.exit());

async function chartOf(code: string): Promise<string> {
  const outcome = await session.execute(lineChart(code)).wait();
  if (outcome.status === 'error') return outcome.error.message;
  return String(outcome.status === 'ok' ? outcome.result?.['image/svg+xml'] : outcome.status);
}
const lineOf = (chart: string): string | undefined => /<path d="([^"]*)" fill="none" stroke="#1f77b4"/.exec(chart)?.[1];

test('the chart of an array has its numbers, its ends and its name, and leaves gaps', async () => {
  const chart = await chartOf("[0, 10, NaN, 5, 2.5].concat(`a` < 'b' ? [] : 0)");
  expect(lineOf(chart)).toBe('M0.0 240.0L150.0 0.0M450.0 120.0L600.0 180.0');
  expect([...chart.matchAll(/>([^<>]+)<\/text>/g)].map(([, words]) => words)).toEqual([
    '10',
    '0',
    '0',
    '4',
    "[0, 10, NaN, 5, 2.5].concat(&#96;a&#96; &#60; 'b' ? [] : 0)",
  ]);
});

test('very many numbers are drawn with their extremes, in a chart that stays small', async () => {
  const chart = await chartOf('Float64Array.from({ length: 1e6 }, (_, at) => (at === 123456 ? 99 : at % 2))');
  expect(chart.length).toBeLessThan(50_000);
  expect(lineOf(chart)).toContain('L74.0 0.0');
});

test('typed arrays of all kinds are drawn; what has no numbers is told', async () => {
  expect(lineOf(await chartOf('new BigInt64Array([1n, 2n])'))).toBe('M0.0 240.0L600.0 0.0');
  expect(lineOf(await chartOf('[7]'))).toBe('M0.0 0.0');
  expect(await chartOf("['a']")).toBe('There are no numbers to draw.');
});
