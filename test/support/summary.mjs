/**
 * What a suite came to.
 *
 * @typedef {object} Summary
 * @property {number} passed
 * @property {Remark[]} failed
 * @property {Remark[]} skipped
 */

/**
 * Why a test did not pass.
 *
 * @typedef {object} Remark
 * @property {string} test
 * @property {string} reason in one line
 */

/**
 * @param {readonly Summary[]} summaries
 * @returns {string} the line that `npm test` ends with
 */
export function summaryLine(summaries) {
  /** @param {(summary: Summary) => number} part */
  const sum = (part) => summaries.reduce((total, summary) => total + part(summary), 0);
  const passed = sum((summary) => summary.passed);
  const failed = sum((summary) => summary.failed.length);
  const skipped = sum((summary) => summary.skipped.length);
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
}

/**
 * @param {string} test
 * @param {unknown} error
 * @returns {Remark}
 */
export function failure(test, error) {
  const message = error instanceof Error ? error.message : String(error);
  return { test, reason: message.split('\n').find((line) => line.trim() !== '') ?? 'no reason given' };
}
