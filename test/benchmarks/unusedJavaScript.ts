import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { type SourceMapPayload, SourceMap } from 'node:module';
import path from 'node:path';
import { javascriptEvaluator } from '../../build/bundles.mjs';
import { root } from '../../build/root.mjs';
import { ExtSession } from '../../src/library.js';
import type { Row } from './row.js';
import { unusedRows } from './unusedRows.js';

const WORKER = 'dist/javascript/worker/main.cjs';
/** What a session may not need, by the path of its source. */
const FEATURES = /worker\/(data|debugging|inspection|profiling|reload|usage)\b/;
/**
 * The most calls in a round trip. Usage: its clock begins and ends. Debugging: whether the command has a debugger, and
 * that the signal for one is still ours. Inspection: whether there is a value to show.
 */
const features = { profiling: 0, data: 0, reload: 0, debugging: 4, inspection: 1, usage: 2 };

/** Counts the calls of the worker's functions from here on. */
const BEGIN = `
var counting = new (require('node:inspector').Session)();
counting.connect();
counting.post('Profiler.enable');
counting.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });`;
/** Those since it was last asked: where in the file each function begins, and how often it was called. */
const COUNTED = `(() => {
  let found = [];
  counting.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    const { functions = [] } = result.find(({ url }) => url.endsWith(${JSON.stringify(WORKER)})) ?? {};
    found = functions.map(({ ranges: [{ startOffset, count }] }) => [startOffset, count]).filter(([, count]) => count > 0);
  });
  return JSON.stringify(found);
})()`;

/**
 * What features cost in JavaScript when nobody uses them. In calls, which are the same in every run, whatever else the
 * machine does.
 */
export async function unusedJavaScriptFigures(): Promise<Row[]> {
  const featureOf = await featuresByOffset();
  const session = await ExtSession.start({ evaluator: 'javascript' });
  try {
    await session.execute(BEGIN).wait();
    const inspectors = Number(await session.evaluate("Number(require('node:inspector').url() !== undefined)"));
    const options = Number(await session.evaluate('process.execArgv.length'));
    const none = { unit: '', target: { atMost: 0 } };
    return [
      { what: 'inspectors of JavaScript that listen', ours: inspectors, ...none },
      { what: 'options of ours in process.execArgv', ours: options, ...none },
      ...(await unusedRows({
        session,
        parts: features,
        roundTrip: ['a JavaScript round trip', 'var x = 1'],
        prints: ['a console.log', (times) => `for (let i = 0; i < ${String(times)}; i++) console.log(i)`],
        count: async () => {
          const counts: Record<string, number> = {};
          const calls = JSON.parse((await session.evaluate(COUNTED)) as string) as [offset: number, times: number][];
          for (const [offset, times] of calls) {
            const feature = featureOf(offset);
            if (feature !== undefined) counts[feature] = (counts[feature] ?? 0) + times;
          }
          return counts;
        },
      })),
    ];
  } finally {
    await session.exit();
  }
}

/** Builds the worker once more, for the source of each place in it. */
async function featuresByOffset(): Promise<(offset: number) => string | undefined> {
  const { outputFiles } = await build({
    ...javascriptEvaluator,
    entryPoints: { 'worker/main': 'src/evaluators/javascript/worker/main.ts' },
    minify: true,
    sourcemap: 'external',
    write: false,
  });
  const text = outputFiles.find((file) => file.path.endsWith('.cjs'))?.text ?? '';
  if (text !== readFileSync(path.join(root, WORKER), 'utf8')) throw new Error(`${WORKER} is of another build.`);
  const map = new SourceMap(
    JSON.parse(outputFiles.find((file) => file.path.endsWith('.map'))?.text ?? '') as SourceMapPayload,
  );
  const lines = text.split('\n');
  return (offset) => {
    let line = 0;
    for (; offset > (lines[line]?.length ?? Infinity); line++) offset -= (lines[line]?.length ?? 0) + 1;
    const entry = map.findEntry(line, offset);
    return 'originalSource' in entry ? FEATURES.exec(entry.originalSource)?.[1] : undefined;
  };
}
