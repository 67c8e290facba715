import { expect, test } from 'vitest';
import { LastErrors } from '../../../src/debug/lastErrors.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';

const error = { name: 'ValueError', message: '', traceback: '', frames: [] };

test('the last error of a session is found until another command fails there, or the session is removed', async () => {
  const errors = new LastErrors();
  const writers = [1, 2].map((id) => new ResultsWriter({ id, executionCount: id }));
  const found: unknown[] = [];
  for (const { results } of writers)
    errors.follow({ source: '1/0', languageId: 'python', evaluator: 'python', session: 'one', results });
  for (const writer of writers) {
    writer.settle({ status: 'error', error, executionCount: 1, durationMs: 0 });
    await writer.results.wait();
    found.push(...writers.map(({ results }) => errors.find((one) => one === results)?.results === results));
  }
  expect(found).toEqual([true, false, false, true]);
  errors.forget('other');
  expect(errors.find(() => true)).toBeDefined();
  errors.forget('one');
  expect(errors.find(() => true)).toBeUndefined();
});
