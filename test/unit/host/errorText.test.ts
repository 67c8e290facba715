import * as l10n from '@vscode/l10n';
import { afterEach, describe, expect, test } from 'vitest';
import {
  EvaluatorNotFoundError,
  EvaluatorStartError,
  ExtSessionError,
  NotInterruptibleError,
  SessionDeadError,
  type StartFailure,
} from '../../../src/engine/errors.js';
import { errorText } from '../../../src/host/errorText.js';
import { inRoot } from '../../support/project.mjs';
import { readFileSync } from 'node:fs';

/** Every text of the bundle in another language: each is marked. */
const english = JSON.parse(readFileSync(inRoot('media', 'l10n', 'bundle.l10n.json'), 'utf8')) as Record<string, string>;
const marked = Object.fromEntries(Object.keys(english).map((key) => [key, `«${key}»`]));

afterEach(() => {
  l10n.config({ contents: {} });
});

const failures: StartFailure[] = [
  { kind: 'ended', exitCode: 3, signal: null },
  { kind: 'ended', exitCode: null, signal: 'SIGSEGV' },
  { kind: 'late', seconds: 30 },
  { kind: 'noFiles', reason: 'no space' },
  { kind: 'refused', program: '/usr/bin/python', reason: 'EACCES' },
  { kind: 'tooLong' },
];

describe('an error that is shown to users', () => {
  test.each(failures)('says in their language why an evaluator did not start: %o', (failure) => {
    l10n.config({ contents: marked });
    const text = errorText(new EvaluatorStartError('in English', 'what it printed', { failure }));
    expect(text).toMatch(/^«.*»\nwhat it printed$/s);
  });

  test.each([
    new EvaluatorNotFoundError('/no/python'),
    new SessionDeadError('exit code 3'),
    new EvaluatorStartError('in English', ''),
    new NotInterruptibleError({ kind: 'at', stack: '  File "a.py", line 1' }),
    new NotInterruptibleError({ kind: 'noAnswer' }),
    new ExtSessionError('TIMEOUT', 'in English'),
    new ExtSessionError('OUTPUT_LOST', 'in English'),
  ])('is in their language: %s', (error) => {
    l10n.config({ contents: marked });
    expect(errorText(error)).toMatch(/^«.*»$/s);
  });

  test('keeps its own words if it is none of ours', () => {
    l10n.config({ contents: marked });
    expect([errorText(new Error('from elsewhere')), errorText('thrown')]).toEqual(['from elsewhere', 'thrown']);
  });

  test('names what is wrong', () => {
    const failure = { kind: 'ended', exitCode: 3, signal: null } as const;
    expect(errorText(new EvaluatorStartError('', '', { failure }))).toBe(
      'It ended with exit code 3 before it was ready. Check that it works.',
    );
  });
});
