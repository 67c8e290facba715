import { expect, test, vi } from 'vitest';
import type { Memento } from 'vscode';
import { OutputColumns } from '../../../src/host/outputColumns.js';

vi.mock('../../../src/host/settings.js', () => ({ setting: () => 0 }));

test('programs are told the width of most terminals until a panel has been measured', () => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
  const columns = new OutputColumns(memory as unknown as Memento);
  expect(columns.current).toBe(80);
  columns.measured(93);
  expect(columns.current).toBe(93);
});
