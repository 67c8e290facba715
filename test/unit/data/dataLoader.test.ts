import { expect, test } from 'vitest';
import { around, DataLoader } from '../../../media/panel/data/dataLoader.js';
import type { ColumnStatistics, DataWindow } from '../../../src/protocol/data.js';

const wanted = { rows: [0, 1], columns: [0, 1] } as const;
const window = (number: number, row = 0) => ({
  type: 'window' as const,
  number,
  window: { start: [row, 0], cells: [] } as unknown as DataWindow,
});

function loading() {
  const sent: string[] = [];
  const loader = new DataLoader((intent) =>
    sent.push('number' in intent ? `${intent.type} ${String(intent.number)}` : intent.type),
  );
  return { sent, loader, load: () => loader.load({ rows: [...wanted.rows], columns: [...wanted.columns] }) };
}

test('windows are asked for one at a time, and one that is not awaited is dropped', async () => {
  const { sent, loader, load } = loading();
  const first = load();
  const second = load();
  await Promise.resolve();
  expect(sent).toEqual(['window 1']);
  loader.receive(7, window(7));
  expect(loader.isBusy).toBe(true);
  loader.receive(1, undefined);
  expect(await first).toBeUndefined();
  await expect.poll(() => sent).toEqual(['window 1', 'window 2']);
  loader.receive(2, window(2, 3));
  expect((await second)?.start).toEqual([3, 0]);
  expect(around([5, 10], 12, 4)).toEqual([1, 12]);
});

test('statistics give way to cells, once, and are to be asked for again', async () => {
  const { sent, loader, load } = loading();
  const asked = loader.loadStatistics({ column: 0 });
  expect(await loader.loadStatistics({ column: 1 })).toBe('later');
  const cells = load();
  loader.cellsFirst();
  expect(sent).toEqual(['statistics 1', 'cancel']);
  expect([loader.isTakenBack(1), loader.isTakenBack(2)]).toEqual([true, false]);
  loader.receive(1, undefined);
  expect(await asked).toBe('later');
  await expect.poll(() => sent.at(-1)).toBe('window 2');
  loader.receive(2, window(2));
  await cells;
  const again = loader.loadStatistics({ column: 0 });
  const statistics = { rows: 1 } as ColumnStatistics;
  loader.receive(3, { type: 'statistics', number: 3, statistics });
  expect(await again).toBe(statistics);
  const cancelled = loader.loadStatistics({ column: 0 });
  loader.receive(4, undefined);
  expect(await cancelled).toBeUndefined();
});
