import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ExtSession, type ExtSessionOptions } from '../../src/library.js';
import * as bare from './bare.js';
import { firstResult, MEGABYTES, writing } from './engine.js';
import { alternating, median, timed } from './measure.js';
import type { Row } from './row.js';

const STARTS = 9;
const TRIPS = 500;
const TURNS = 3;
const QUEUED = 50;

/**
 * Sessions behind an argv prefix, beside what the prefix itself costs. EXTSESSION_BENCH_PREFIX is one; `env` by
 * default.
 */
export async function reachFigures(python: string): Promise<Row[]> {
  const prefix = (process.env.EXTSESSION_BENCH_PREFIX ?? 'env').split(' ');
  const options = { interpreter: python, commandPrefix: prefix, keepLines: false };
  await using far = await ExtSession.start(options);
  await using kept = await ExtSession.start({ ...options, keepAlive: true });
  await using direct = await ExtSession.start({ interpreter: python, keepLines: false });
  const what = `reach by ${prefix.join(' ')}`;
  return [
    await start(what, prefix, python, options),
    await roundTrip(what, far, direct),
    await output(what, prefix, far),
    await output(`${what}, kept alive`, prefix, kept),
    await queued(what, far),
    await interrupt(what, far, direct),
  ];
}

async function start(what: string, prefix: string[], python: string, options: ExtSessionOptions): Promise<Row> {
  const [ours = [], way = [], interpreter = []] = await alternating(
    STARTS,
    () => firstResult(options),
    () => timed(() => ended(prefix, ['true'])),
    () => bare.startPython(python),
  );
  const value = median(way) + 1.8 * median(interpreter);
  const reference = { name: 'PREFIX true + 1.8 python3 -c 0', value };
  return {
    what: `${what}: start to first result`,
    unit: 'ms',
    ours: median(ours),
    reference,
    target: { ratioAtMost: 1 },
  };
}

async function roundTrip(what: string, far: ExtSession, direct: ExtSession): Promise<Row> {
  const trip = (session: ExtSession) => () => timed(() => session.execute('1').wait());
  const [ours = [], theirs = []] = await alternating(TRIPS, trip(far), trip(direct));
  const reference = { name: 'direct', value: median(theirs) };
  return { what: `${what}: round trip, median`, unit: 'ms', ours: median(ours), reference, target: { moreAtMost: 1 } };
}

async function output(what: string, prefix: string[], far: ExtSession): Promise<Row> {
  const write = async (): Promise<number> => {
    await using results = far.execute(writing(MEGABYTES << 20));
    return await timed(() => results.wait());
  };
  const carry = (): Promise<number> => timed(() => ended(prefix, ['head', '-c', String(MEGABYTES << 20), '/dev/zero']));
  const [ours = [], theirs = []] = await alternating(TURNS, write, carry);
  const rate = (ms: readonly number[]): number => (MEGABYTES / median(ms)) * 1000;
  const reference = { name: 'PREFIX head -c', value: rate(theirs) };
  return {
    what: `${what}: ${String(MEGABYTES)} MB`,
    unit: 'MB/s',
    ours: rate(ours),
    reference,
    target: { ratioAtLeast: 0.6 },
  };
}

/** Requests are sent ahead: they cost one round trip together. */
async function queued(what: string, far: ExtSession): Promise<Row> {
  const all = (): Promise<number> =>
    timed(() => Promise.all(Array.from({ length: QUEUED }, () => far.execute('1').wait())));
  const [ours = [], one = []] = await alternating(TURNS, all, () => timed(() => far.execute('1').wait()));
  const reference = { name: 'one command', value: median(one) };
  return { what: `${what}: ${String(QUEUED)} queued commands`, unit: 'ms', ours: median(ours), reference };
}

async function interrupt(what: string, far: ExtSession, direct: ExtSession): Promise<Row> {
  const inFlood = (session: ExtSession) => async (): Promise<number> => {
    await using results = session.execute('while True: print("y" * 99)');
    for await (const _ of results) break;
    return await timed(() => session.interrupt());
  };
  const [ours = [], theirs = []] = await alternating(TURNS, inFlood(far), inFlood(direct));
  const reference = { name: 'direct', value: median(theirs) };
  return {
    what: `${what}: interrupt in a flood`,
    unit: 'ms',
    ours: median(ours),
    reference,
    target: { moreAtMost: 150 },
  };
}

async function ended([file = '', ...args]: readonly string[], command: readonly string[]): Promise<void> {
  const child = spawn(file, [...args, ...command], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  await once(child, 'close');
}
