import { describe, expect, it } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';

describe('the results of a command', () => {
  it('have no way to write them, whatever a caller tries', () => {
    const writer = new ResultsWriter({ id: 1, executionCount: 1 });
    const members = (value: object): string[] => Reflect.ownKeys(value).map(String);
    const { results } = writer;
    const offered = [...members(results), ...members(Object.getPrototypeOf(results) as object)];
    const writing = members(ResultsWriter.prototype).filter(
      (name) => typeof Reflect.get(writer, name) === 'function' && name !== 'constructor',
    );
    expect(writing).toEqual(expect.arrayContaining(['start', 'append', 'add', 'update', 'clear', 'settle', 'close']));
    expect(offered.filter((name) => writing.includes(name))).toEqual([]);
    expect(Object.values(results).filter((value) => value === writer || value === writer.store)).toEqual([]);
    writer.append(0, Buffer.from('text'));
    expect(results.stdout).toBe('text');
  });
});
