import { describe, expect, test } from 'vitest';
import { errorData, errorFrom } from '../../../src/engine/errorData.js';
import {
  type BlockingOptions,
  CancelledError,
  EvaluationError,
  EvaluatorNotFoundError,
  EvaluatorStartError,
  ExtSessionError,
  SessionDeadError,
  WorkingDirectoryError,
  extevalSync,
  extexecSync,
} from '../../../src/library.js';

test.for([
  ['evaluator', { language: 'mine', name: 'Mine', launch: () => ({ file: 'mine', args: [] }) }],
  ['onInput', () => Promise.resolve('')],
  ['logger', {}],
  ['signal', AbortSignal.timeout(1000)],
] as const)('a blocking form says so when it is given a %s that no thread can have', ([name, value]) => {
  const options = { [name]: value } as unknown as BlockingOptions;
  for (const call of [() => extevalSync('1', options), () => extexecSync('1', options)]) {
    expect(call).toThrow(ExtSessionError);
    expect(call).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(call).toThrow(name);
  }
});

test.for([NaN, -1])('a blocking form does not take %s for a time', (ms) => {
  expect(() => extevalSync('1', { timeoutMs: ms })).toThrow(RangeError);
  expect(() => extexecSync('1', { startTimeoutMs: ms })).toThrow(RangeError);
});

describe('an error that comes from the thread', () => {
  test.for([
    new CancelledError(),
    new EvaluationError({ name: 'ValueError', message: 'no', traceback: '', frames: [] }),
    new EvaluatorNotFoundError('/no/such'),
    new EvaluatorStartError('It ended.', 'what it printed'),
    new ExtSessionError('TIMEOUT', 'too long'),
    new SessionDeadError('exit code 3'),
    new WorkingDirectoryError('/no/such'),
  ])('is of its class, with all that it has: $name', (error) => {
    const arrived = errorFrom(structuredClone(errorData(error)));
    expect(arrived.constructor).toBe(error.constructor);
    expect(arrived).toMatchObject(Object.assign({ message: error.message }, error));
  });
});
