import { describe, expect, it } from 'vitest';
import { HistoryWalk } from '../../../media/panel/input/historyWalk.js';
import { InputHistory, type Memory } from '../../../src/panel/inputHistory.js';

class KeptMemory implements Memory {
  readonly kept = new Map<string, unknown>();
  get(key: string): unknown {
    return this.kept.get(key);
  }
  update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

describe('the history of the input line', () => {
  it('outlives the window, with each input once', async () => {
    const memory = new KeptMemory();
    const first = new InputHistory(memory);
    for (const source of ['a', 'b', 'a']) await first.add(source, 'python');
    await first.add('b', 'javascript');
    expect(new InputHistory(memory).entries).toEqual([
      { source: 'b', evaluator: 'python' },
      { source: 'a', evaluator: 'python' },
      { source: 'b', evaluator: 'javascript' },
    ]);
  });

  it('is bounded in entries and in characters, the oldest going first', async () => {
    const history = new InputHistory(new KeptMemory());
    for (let n = 0; n < 600; n++) await history.add(`x = ${String(n)}`, 'python');
    expect(history.entries).toHaveLength(500);
    expect(history.entries.at(-1)?.source).toBe('x = 599');
    await history.add('y'.repeat(199_995), 'python');
    expect(history.entries).toHaveLength(1);
  });

  it('starts empty when what was kept is no history', () => {
    const memory = new KeptMemory();
    memory.kept.set('inputHistory', { broken: true });
    expect(new InputHistory(memory).entries).toEqual([]);
  });
});

describe('a walk through the history', () => {
  const entries = ['import os', 'x = 1', 'import sys'];

  it('goes back and forth, and ends at the draft', () => {
    const walk = walkThrough(entries);
    expect(walk.older('')).toBe('import sys');
    expect(walk.older('import sys')).toBe('x = 1');
    expect(walk.newer('x = 1')).toBe('import sys');
    expect(walk.newer('import sys')).toBe('');
    expect(walk.newer('')).toBeUndefined();
  });

  it('keeps to what begins as the draft does', () => {
    const walk = walkThrough(entries);
    expect(walk.older('imp')).toBe('import sys');
    expect(walk.older('import sys')).toBe('import os');
    expect(walk.older('import os')).toBeUndefined();
    expect(walk.newer('import os')).toBe('import sys');
    expect(walk.newer('import sys')).toBe('imp');
  });

  it('begins anew from an entry that was changed', () => {
    const walk = walkThrough(entries);
    walk.older('');
    expect(walk.newer('import sys, os')).toBeUndefined();
    expect(walk.older('x')).toBe('x = 1');
  });
});

function walkThrough(entries: readonly string[]): HistoryWalk {
  const walk = new HistoryWalk();
  walk.entries = entries;
  return walk;
}
