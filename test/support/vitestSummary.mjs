/** @import { Reporter, TestModule } from 'vitest/node' */
/** @import { Remark, Summary } from './summary.mjs' */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failure } from './summary.mjs';

/**
 * Writes what a run came to where the environment variable EXTSESSION_TEST_SUMMARY says, for the line that `npm test`
 * ends with.
 *
 * @implements {Reporter}
 */
export default class VitestSummary {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.EXTSESSION_TEST_SUMMARY;
    if (!file) return;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    /** @type {Remark[]} */
    const failed = [
      ...tests.flatMap((test) => {
        const result = test.result();
        return result.state === 'failed' ? [failure(test.fullName, result.errors[0]?.message)] : [];
      }),
      ...modules.flatMap((module) => module.errors().map((error) => failure(module.moduleId, error.message))),
      ...unhandledErrors.map((error) => failure('outside a test', error)),
    ];
    /** @type {Summary} */
    const summary = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed,
      skipped: tests.flatMap((test) => {
        const result = test.result();
        return result.state === 'skipped' ? [{ test: test.fullName, reason: result.note ?? 'no reason given' }] : [];
      }),
    };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(summary));
  }
}
