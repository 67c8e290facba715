import { expect, test } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { StandardInput } from '../../../src/engine/worker/standardInput.js';

const MANY = 300_000;
const lines = Array.from({ length: MANY }, (_, index) => String(index));

test('goes on with any number of lines that were written through an earlier host', () => {
  const input = new StandardInput(undefined, silentLogger);
  input.restore(lines);
  expect(input.linesAhead).toEqual(lines);
});

test('takes an answer with any number of lines', async () => {
  const input = new StandardInput(() => Promise.resolve(lines.join('\n')), silentLogger);
  input.writeLine('ahead');
  const asked = { prompt: '', password: false, results: undefined };
  const first = await new Promise((resolve) => {
    input.request({ ...asked, request: 1 }, () => {
      input.request({ ...asked, request: 2 }, resolve);
    });
  });
  expect([first, input.linesAhead.length]).toEqual(['0', MANY - 1]);
});
