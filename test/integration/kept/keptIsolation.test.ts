import { describe } from 'vitest';
import { testCases } from '../../support/isolationCases.js';
import { keptLanguages } from './keptLanguages.js';

/**
 * EXTSESSION_TEST_KEPT_ISOLATION=all takes all cases, which takes minutes. By default, one of each way to write or to
 * end.
 */
const SELECTION = {
  python: [
    '05-late-child-during-next',
    '05b-late-child-idle',
    '11-gil-write',
    '12-order',
    '13-segv',
    '19-binary',
  ].concat(['20b-fork-continue', '23-atexit', '27-int-spin', '27e-int-lock', '27k-int-twice']),
  javascript: ['03c-raw-late', '06-timer', '09-worker-thread', '12-order', '13-abort', '19-binary'].concat([
    '23-exit-listener',
    '27-int-spin',
    '27e-int-input',
  ]),
};
const isAll = process.env.EXTSESSION_TEST_KEPT_ISOLATION === 'all';

describe.each(keptLanguages.map(({ name, options }) => [name, options] as const))(
  'a session of %s that is kept alive keeps apart',
  (name, options) => {
    const language = name === 'Python' ? 'python' : 'javascript';
    testCases(language, { ...options, keepAlive: true }, isAll ? {} : { only: SELECTION[language] });
  },
);
