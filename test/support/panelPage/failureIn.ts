import type { ErrorInfo } from '../../../src/protocol/output.js';

/** An error that a line of that file raised, the second unless another one is given. */
export function failureIn(file: string, line = 2): ErrorInfo {
  return {
    name: 'ZeroDivisionError',
    message: 'division by zero',
    traceback: 'Traceback (most recent call last):\nZeroDivisionError: division by zero\n',
    frames: [{ file, line, function: 'h', source: '    return 1 / x' }],
  };
}
