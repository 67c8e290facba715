import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ExtSession, type ExtSessionOptions } from '../../src/library.js';
import * as bare from './bare.js';
import { firstResult, MEGABYTES, MILLION_PRINTS, writing } from './engine.js';
import { alternating, median } from './measure.js';
import type { Row } from './row.js';

const TURNS = 5;
const TRIPS = 2000;
const IDLE_SECONDS = 5;
/** After that, V8 has given back what it does not need. */
const SETTLED_MS = 12_000;
const idleNode = ['-e', 'console.log(1); process.stdin.resume()'];

/** Sessions that outlive their host, beside those that do not. */
export async function keptFigures(python: string): Promise<Row[]> {
  return [
    await start(python),
    ...(await besideDirect('', { interpreter: python }, { prints: MILLION_PRINTS, bytes: writing(MEGABYTES << 20) })),
    ...(await besideDirect(' (JavaScript)', { evaluator: 'javascript' }, JAVASCRIPT)),
    ...(await supervisor('', kept(python), { target: { atMost: 6 } })),
    ...(await supervisor(
      ' (JavaScript)',
      { evaluator: 'javascript', keepAlive: true, keepLines: false },
      await bareNode(),
    )),
    await attach(python, 1, 200),
    await attach(python, 100, 1000),
  ];
}

const kept = (interpreter: string): ExtSessionOptions => ({ interpreter, keepAlive: true, keepLines: false });

async function start(python: string): Promise<Row> {
  const [ours = [], theirs = []] = await alternating(
    15,
    () => firstResult(kept(python)),
    () => bare.startPython(python),
  );
  const reference = { name: 'python3 -c 0', value: median(theirs) };
  return {
    what: 'kept: start to first result',
    unit: 'ms',
    ours: median(ours),
    reference,
    target: { ratioAtMost: 1.8 },
  };
}

const JAVASCRIPT = {
  prints: 'for (let i = 0; i < 1000000; i++) console.log(i)',
  bytes: `{ const chunk = Buffer.alloc(65536, 'x');
for (let left = ${String(MEGABYTES << 20)}; left > 0;) {
  try { left -= require('fs').writeSync(1, chunk); } catch (error) { if (error.code !== 'EAGAIN') throw error; }
} }`,
};

async function besideDirect(
  which: string,
  options: ExtSessionOptions,
  { prints: manyPrints, bytes: manyBytes }: typeof JAVASCRIPT,
): Promise<Row[]> {
  await using ours = await ExtSession.start({ ...options, keepAlive: true, keepLines: false });
  await using direct = await ExtSession.start({ ...options, keepLines: false });
  const name = 'direct';
  const run = async (session: ExtSession, source: string): Promise<number> => {
    const begun = performance.now();
    await using results = session.execute(source);
    await results.wait();
    return performance.now() - begun;
  };
  const both = async (turns: number, source: string): Promise<[number, number]> => {
    const [a = [], b = []] = await alternating(
      turns,
      () => run(ours, source),
      () => run(direct, source),
    );
    return [median(a), median(b)];
  };
  const trip = await both(TRIPS, '1');
  const prints = await both(TURNS, manyPrints);
  const bytes = (await both(TURNS, manyBytes)).map((ms) => (MEGABYTES / ms) * 1000);
  return [
    {
      what: `kept: round trip, median${which}`,
      unit: 'ms',
      ours: trip[0],
      reference: { name, value: trip[1] },
      target: { ratioAtMost: 2 },
    },
    {
      what: `kept: 1,000,000 prints${which}`,
      unit: 'ms',
      ours: prints[0],
      reference: { name, value: prints[1] },
      target: { ratioAtMost: 1.5 },
    },
    {
      what: `kept: ${String(MEGABYTES)} MB through descriptor 1${which}`,
      unit: 'MB/s',
      ours: bytes[0] ?? NaN,
      reference: { name, value: bytes[1] ?? NaN },
      target: { ratioAtLeast: 0.6 },
    },
  ];
}

/** What it occupies for itself after some commands, and how often it wakes up when nothing happens. */
async function supervisor(
  which: string,
  options: ExtSessionOptions,
  beside: Pick<Row, 'reference' | 'target'>,
): Promise<Row[]> {
  await using session = await ExtSession.start(options);
  for (let number = 0; number < 10; number++) await session.execute('print(1)').wait();
  await pause(SETTLED_MS);
  const pid = parentOf(session.pid ?? 0);
  const before = switchesOf(pid);
  await pause(IDLE_SECONDS * 1000);
  const wakeUps = (switchesOf(pid) - before) / IDLE_SECONDS;
  return [
    { what: `kept: memory of the supervisor${which}`, unit: 'MB', ours: bare.memoryOf(pid), ...beside },
    { what: `kept: wake-ups of an idle supervisor${which}`, unit: '/s', ours: wakeUps, target: { atMost: 1 } },
  ];
}

/** What a Node.js that does nothing occupies: no supervisor that runs in one can be smaller. */
async function bareNode(): Promise<Pick<Row, 'reference' | 'target'>> {
  const reference = { name: 'idle node', value: await bare.bareMemory(process.execPath, idleNode) };
  return { reference, target: { moreAtMost: 3 } };
}

/** From the attempt to attach to the first byte, with so much output that comes again. */
async function attach(python: string, megabytes: number, atMost: number): Promise<Row> {
  const session = await ExtSession.start({ ...kept(python), holdsResults: true });
  await session.execute(writing(megabytes << 20)).wait();
  const taken: number[] = [];
  let reference = await session.detach();
  for (let turn = 0; turn < TURNS; turn++) {
    const begun = performance.now();
    const again = await ExtSession.attach(reference, { keepLines: false, holdsResults: true });
    const [results] = again.resumed;
    if (!results) throw new Error('Nothing comes again.');
    await results[Symbol.asyncIterator]().next();
    taken.push(performance.now() - begun);
    await results.wait();
    if (turn === TURNS - 1) await again.exit();
    else reference = await again.detach();
  }
  const what = `kept: attach to the first byte of ${String(megabytes)} MB`;
  return { what, unit: 'ms', ours: median(taken), target: { atMost } };
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
}

function switchesOf(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
}
