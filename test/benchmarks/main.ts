// npm run bench [-- figure ...]: ExtSession's figures beside the bare machine's and a peer's, taken in the same run.
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { editorFigures } from './editor.js';
import { engineFigures as speedFigures } from './engine.js';
import { keptFigures } from './kept.js';
import { gridFigures } from './grid.js';
import { measureIpykernel, type KernelFigures } from './ipykernel.js';
import { memoryFigures } from './memory.js';
import { panelBenchmark } from './panel.js';
import { reachFigures } from './reach.js';
import { reloadFigures } from './reload.js';
import { type Row, tableOf } from './row.js';
import { unusedFigures } from './unused.js';
import { unusedJavaScriptFigures } from './unusedJavaScript.js';
import { usageFigures } from './usage.js';
import { viewsFigures } from './views.js';
import { workbenchFigures } from './workbench.js';

// What a session of the user's own has set would change the peers: unbuffered output, or no bytecode kept.
for (const name of Object.keys(process.env)) if (name.startsWith('PYTHON')) Reflect.deleteProperty(process.env, name);

/** The interpreter itself, past wrapper scripts, which have a start time of their own. */
const python = execFileSync(
  process.env.EXTSESSION_BENCH_PYTHON ?? 'python3',
  ['-c', 'import sys; print(sys.executable)'],
  {
    encoding: 'utf8',
  },
).trim();

const engineFigures = { ...speedFigures, ...memoryFigures };
const asked = process.argv.slice(2);
const known = [
  ...Object.keys(engineFigures),
  'kept',
  'reach',
  'unused',
  'usage',
  'editor',
  'panel',
  'views',
  'workbench',
  'reload',
  'ipykernel',
];
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) throw new Error(`There is no figure ${unknown.join(', ')}; there are ${known.join(', ')}.`);
const wanted = (name: string): boolean => asked.length === 0 || asked.includes(name);

console.log(describeMachine());
const rows: Row[] = [];
for (const [name, measure] of Object.entries(engineFigures)) if (wanted(name)) rows.push(...(await measure(python)));
if (wanted('kept')) rows.push(...(await keptFigures(python)));
if (wanted('reach')) rows.push(...(await reachFigures(python)));
if (wanted('unused')) rows.push(...(await unusedFigures(python)), ...(await unusedJavaScriptFigures()));
if (wanted('usage')) rows.push(...(await usageFigures(python)));
if (wanted('editor')) rows.push(...(await editorFigures(python)));
if (wanted('panel')) rows.push(...(await panelBenchmark()));
if (wanted('views')) rows.push(...(await viewsFigures(python)), ...(await gridFigures()));
if (wanted('workbench')) rows.push(...(await workbenchFigures()));
if (wanted('reload')) rows.push(...(await reloadFigures()));
console.log(`\n${tableOf(rows)}`);
if (wanted('ipykernel')) comparePeer(measureIpykernel(python));

function describeMachine(): string {
  const version = execFileSync(python, ['--version'], { encoding: 'utf8' }).trim();
  const load = os.loadavg()[0]?.toFixed(1) ?? '?';
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${version}, Node ${process.version}, ${os.type()}, ${String(os.cpus().length)} cores (${cpu}), load ${load} at the start`;
}

function comparePeer(kernel: KernelFigures | undefined): void {
  if (!kernel) {
    console.log(`\nipykernel and jupyter_client are not installed for ${python}: not compared.`);
    return;
  }
  const beside = (what: string, value: number): Row[] =>
    rows
      .filter((row) => row.what === what)
      .map(({ unit, ours }) => ({ what, unit, ours, reference: { name: 'ipykernel', value } }));
  const peer = [
    ...beside('start to first result', kernel.start),
    ...beside('round trip, median', kernel.roundTrip),
    ...beside('1,000,000 prints', kernel.prints),
  ];
  console.log(`\n${tableOf(peer)}`);
}
