import { describe } from 'vitest';
import { testCases } from '../../support/isolationCases.js';

describe(`Node.js ${process.versions.node} keeps apart`, () => {
  testCases('javascript', { evaluator: 'javascript' });
});
