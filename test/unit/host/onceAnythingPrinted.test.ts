import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { onceAnythingPrinted } from '../../../src/host/sessions/onceAnythingPrinted.js';
import { eventually } from '../../support/eventually.js';

let writer: ResultsWriter;
beforeEach(() => {
  writer = new ResultsWriter({ id: 0, executionCount: 0 });
});
const print = (text: string): void => {
  writer.append(0, Buffer.from(text));
};

describe('what is printed at the start of a session', () => {
  test('is found at once if it is there', () => {
    const found = vi.fn();
    print('from sitecustomize\n');
    const [opened, closed] = [vi.spyOn(writer.store, 'open'), vi.spyOn(writer.store, 'close')];
    onceAnythingPrinted(writer.results, found);
    print('and more\n');
    expect(found).toHaveBeenCalledOnce();
    expect(closed).toHaveBeenCalledTimes(opened.mock.calls.length);
  });

  test('is found once if it comes later, and by then all of it is there to be read', async () => {
    const seen: string[] = [];
    onceAnythingPrinted(writer.results, () => {
      seen.push(writer.results.stdout);
      writer.results.onDidReceiveOutput((output) => seen.push(output.type === 'stream' ? output.text : output.type));
    });
    expect(seen).toEqual([]);
    print('late\n');
    await eventually(() => {
      expect(seen).toEqual(['late\n']);
    });
    print('later\n');
    expect(seen).toEqual(['late\n', 'later\n']);
  });

  test('is not found if nobody waits for it any more', async () => {
    const found = vi.fn();
    onceAnythingPrinted(writer.results, found).dispose();
    print('late\n');
    await Promise.resolve();
    expect(found).not.toHaveBeenCalled();
  });
});
