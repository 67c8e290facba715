import { expect, test } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { Resumption } from '../../../src/engine/worker/resumption.js';

function resumption(from: number): Resumption {
  return new Resumption({
    attachment: { from, stored: 5, requests: [], lost: [] },
    newWriter: (id, executionCount) => new ResultsWriter({ id, executionCount }),
    repliedAt: () => undefined,
  });
}

test('what a command writes after its end is in results that are done, and nothing is in there twice', () => {
  const resumed = resumption(5);
  expect(resumed.has(3)).toBe(false);
  expect(resumed.of(3)).toBe(resumed.of(3));
  expect(resumed.continued).toMatchObject([{ id: 3, done: true, outputs: [] }]);
});

test('they say so if the journal had to give up some of it', () => {
  expect(resumption(6).of(3).results.outputs).toMatchObject([{ type: 'error', name: 'OutputLost' }]);
});
