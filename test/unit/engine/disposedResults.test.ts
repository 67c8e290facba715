import { describe, expect, it } from 'vitest';
import { OutputBudget } from '../../../src/engine/output/outputBudget.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { Output } from '../../../src/protocol/output.js';

describe('results that were disposed of', () => {
  it('have no output any more, say so, and still tell how the command ended', async () => {
    const budget = new OutputBudget(1 << 20);
    const writer = new ResultsWriter({ id: 1, executionCount: 1, budget });
    const { results } = writer;
    const heard: Output[] = [];
    results.onDidReceiveOutput((output) => heard.push(output));
    const iteration = results[Symbol.asyncIterator]();
    for (let count = 0; count < 48; count++) writer.append(0, Buffer.alloc(1 << 16, 97));
    await iteration.next();
    results.dispose();
    results.dispose();
    writer.append(0, Buffer.from('late'));
    writer.add({ type: 'display_data', data: { 'text/plain': 'late' } });
    expect([budget.held, budget.spilled]).toEqual([0, 0]);
    const gone = { code: 'RESULTS_DISPOSED' };
    expect(() => results.stdout).toThrow(expect.objectContaining(gone));
    expect(() => results.outputs).toThrow(expect.objectContaining(gone));
    expect(() => results.bytes('stderr')).toThrow(expect.objectContaining(gone));
    await expect(iteration.next()).rejects.toMatchObject(gone);
    expect(heard.every((output) => output.type === 'stream' && !output.text.includes('late'))).toBe(true);
    writer.settle({ status: 'ok', executionCount: 1, durationMs: 0, result: { 'text/plain': '1' } });
    writer.close();
    expect(await results.wait()).toMatchObject({ status: 'ok' });
    await results.closed;
    expect([budget.held, budget.spilled]).toEqual([0, 0]);
  });

  it('end an iteration that waits for output', async () => {
    const { results } = new ResultsWriter({ id: 1, executionCount: 1, budget: new OutputBudget() });
    const next = results[Symbol.asyncIterator]().next();
    results.dispose();
    await expect(next).rejects.toMatchObject({ code: 'RESULTS_DISPOSED' });
  });
});
