import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Emitter, reportListenerErrors } from '../../../src/engine/emitter.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { silentLogger } from '../../../src/engine/logger.js';

const failing = (): never => {
  throw new Error('no');
};

describe('an event', () => {
  it('reaches the other listeners when one throws, and the error is reported once', () => {
    const reported: unknown[] = [];
    const emitter = new Emitter<number>((error) => reported.push(error));
    const heard: number[] = [];
    emitter.event(failing);
    emitter.event((value) => heard.push(value));
    emitter.fire(1);
    emitter.fire(2);
    expect(heard).toEqual([1, 2]);
    expect(reported).toEqual([new Error('no'), new Error('no')]);
  });

  it('reports what an asynchronous listener rejects with', async () => {
    const reported: unknown[] = [];
    const emitter = new Emitter<number>((error) => reported.push(error));
    const asynchronous: (value: number) => unknown = (value) => Promise.reject(new Error(String(value)));
    emitter.event(asynchronous);
    emitter.fire(1);
    await expect.poll(() => reported, { timeout: 30_000 }).toEqual([new Error('1')]);
  });

  it('that fails is reported to the logger with its stack, or as a warning without one', async () => {
    const logged: string[] = [];
    reportListenerErrors({ ...silentLogger, error: (message) => logged.push(message) })(new Error('no'));
    expect(logged).toEqual([expect.stringMatching(/^A listener failed: Error: no\n +at /)]);
    const warned = once(process, 'warning');
    const emitter = new Emitter<number>();
    emitter.event(failing);
    emitter.fire(1);
    const detail = expect.stringMatching(/^Error: no\n +at /) as string;
    expect(await warned).toMatchObject([{ name: 'ExtSessionWarning', detail }]);
  });

  it('no longer reaches a listener that was disposed of, also by another one', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event(() => {
      second.dispose();
    });
    const second = emitter.event(() => heard.push('second'));
    emitter.event(() => heard.push('third'));
    emitter.fire(1);
    expect(heard).toEqual(['third']);
    emitter.dispose();
    expect(emitter.isEmpty).toBe(true);
  });
});

describe('results', () => {
  it('are complete although each of their listeners throws', async () => {
    const reported: unknown[] = [];
    const writer = new ResultsWriter({ id: 1, executionCount: 1, report: (error) => reported.push(error) });
    const { results } = writer;
    results.onDidChangeState(failing);
    results.onDidReceiveOutput(failing);
    results.onDidClear(failing);
    writer.start();
    writer.append(0, Buffer.from('a'));
    writer.clear({ wait: false });
    writer.append(0, Buffer.from('b'));
    writer.settle({ status: 'cancelled', executionCount: 1, durationMs: 0 });
    writer.close();
    await results.closed;
    expect(await results.wait()).toMatchObject({ status: 'cancelled' });
    expect(results.stdout).toBe('ab');
    expect(reported).toEqual(Array.from({ length: 5 }, () => new Error('no')));
  });
});
