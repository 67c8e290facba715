// npm run test:windows: on Windows, the whole suite. On Debian, what Wine can show: see ./wine.mjs.
import { inRoot } from './project.mjs';
import { exitCode } from './run.mjs';
import { summaryLine } from './summary.mjs';
import { runWindowsCases } from './windowsCases.mjs';

if (process.platform === 'win32') {
  process.exitCode = Number(await exitCode(process.execPath, [inRoot('test/support/test.mjs')]));
} else {
  const summary = await runWindowsCases(process.argv[2]);
  for (const { test, reason } of summary.skipped) console.log(`skipped: ${test}: ${reason}`);
  console.log(summaryLine([summary]));
  process.exitCode = summary.failed.length > 0 ? 1 : 0;
}
