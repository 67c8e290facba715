import { ExtSession, type ExtSessionOptions, exteval } from '../../src/library.js';
import * as bare from './bare.js';
import { alternating, median, quantile, timed } from './measure.js';
import type { Row } from './row.js';
import { withSession } from './startedSession.js';

export const MILLION_PRINTS = 'for i in range(1000000): print(i)';
export const MEGABYTES = 200;
/** How often ours and the bare machine's are measured in turn. */
const TURNS = 5;

/** Each figure is a group of rows that are measured together. */
export const engineFigures: Readonly<Record<string, (python: string) => Promise<Row[]>>> = {
  start,
  roundTrip,
  queue,
  prints,
  throughput,
  interrupt,
  freshProcess,
};

export async function firstResult(options: ExtSessionOptions): Promise<number> {
  let session: ExtSession | undefined;
  const taken = await timed(async () => {
    session = await ExtSession.start(options);
    await session.execute('1').wait();
  });
  await session?.exit();
  return taken;
}

async function start(python: string): Promise<Row[]> {
  const [ours = [], theirs = []] = await alternating(
    25,
    () => firstResult({ interpreter: python }),
    () => bare.startPython(python),
  );
  return [
    {
      what: 'start to first result',
      unit: 'ms',
      ours: median(ours),
      reference: { name: 'python3 -c 0', value: median(theirs) },
      target: { ratioAtMost: 1.8 },
    },
  ];
}

/** From the first command on: the slowest trips are those of the beginning, in which Node compiles. */
async function roundTrip(python: string): Promise<Row[]> {
  const medians: number[] = [];
  const slowest: number[] = [];
  const bareMedians: number[] = [];
  const bareSlowest: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const pingPong = await bare.startPingPong(python);
    const theirs = await many(2000, pingPong.trip);
    pingPong.end();
    const ours = await withSession(python, (session) => many(2000, () => timed(() => session.execute('1').wait())));
    medians.push(median(ours));
    slowest.push(quantile(ours, 0.99));
    bareMedians.push(median(theirs));
    bareSlowest.push(quantile(theirs, 0.99));
  }
  const own = { name: 'our median', value: median(medians) };
  const reference = { name: 'ping-pong', value: median(bareMedians) };
  return [
    { what: 'round trip, median', unit: 'ms', ours: own.value, reference, target: { ratioAtMost: 8 } },
    {
      what: 'round trip, 99th of 100',
      unit: 'ms',
      ours: median(slowest),
      reference: own,
      target: { ratioAtMost: 4 },
    },
    {
      what: 'ping-pong, 99th of 100',
      unit: 'ms',
      ours: median(bareSlowest),
      reference: { name: 'its median', value: reference.value },
    },
  ];
}

async function many(times: number, action: () => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) taken.push(await action());
  return taken;
}

async function queue(python: string): Promise<Row[]> {
  return withSession(python, async (session) => {
    const ms = await timed(() => Promise.all(Array.from({ length: 5000 }, () => session.execute('1').wait())));
    return [{ what: '5,000 queued commands', unit: '/s', ours: 5_000_000 / ms, target: { atLeast: 3000 } }];
  });
}

async function prints(python: string): Promise<Row[]> {
  const firsts: number[] = [];
  const [ours = [], theirs = []] = await alternating(
    TURNS,
    () => withSession(python, (session) => timed(() => millionPrints(session, firsts))),
    () => bare.piped(python, MILLION_PRINTS),
  );
  return [
    {
      what: '1,000,000 prints',
      unit: 'ms',
      ours: median(ours),
      reference: { name: 'piped to cat', value: median(theirs) },
      target: { ratioAtMost: 1.5 },
    },
    { what: 'first text of a flood', unit: 'ms', ours: median(firsts), target: { atMost: 50 } },
    {
      what: 'last text of a flood, the most of 20',
      unit: 'ms',
      ours: Math.max(...(await lastTexts(python))),
      target: { atMost: 50 },
    },
  ];
}

/** Adds how long the first text took. */
async function millionPrints(session: ExtSession, firsts: number[]): Promise<void> {
  const begun = performance.now();
  const results = session.execute(MILLION_PRINTS);
  const first = results.onDidReceiveOutput(() => {
    firsts.push(performance.now() - begun);
    first.dispose();
  });
  await results.wait();
}

/** How long after its print the last text of a flood comes, while the command goes on. */
async function lastTexts(python: string): Promise<number[]> {
  const lates: number[] = [];
  await withSession(python, async (session) => {
    for (let turn = 0; turn < 20; turn++) {
      const results = session.execute(
        'import time\nfor i in range(10000): print("x" * 9)\nstopped = time.time()\ntime.sleep(0.3)',
      );
      let length = 0;
      let last = 0;
      results.onDidReceiveOutput((output) => {
        if (output.type === 'stream') length += output.text.length;
        if (length === 100_000) last = Date.now();
      });
      await results.wait();
      lates.push(last - Number(await session.get('stopped')) * 1000);
    }
  });
  return lates;
}

/** Source that writes so many bytes. */
export function writing(bytes: number): string {
  return `import os\nchunk = b"x" * 65536\nfor _ in range(${String(bytes / 65536)}): os.write(1, chunk)`;
}

async function throughput(python: string): Promise<Row[]> {
  const bytes = MEGABYTES << 20;
  const [ours = [], theirs = []] = await alternating(
    TURNS,
    () => withSession(python, (session) => timed(() => session.execute(writing(bytes)).wait())),
    () => bare.fifo(python, bytes),
  );
  const perSecond = (values: number[]): number => (MEGABYTES / median(values)) * 1000;
  return [
    {
      what: `${String(MEGABYTES)} MB through descriptor 1`,
      unit: 'MB/s',
      ours: perSecond(ours),
      reference: { name: 'a bare FIFO', value: perSecond(theirs) },
      target: { ratioAtLeast: 0.7 },
    },
  ];
}

async function interrupt(python: string): Promise<Row[]> {
  const inPython = ['print("in it", flush=True)\nwhile True: pass', { interpreter: python }] as const;
  const inJavaScript = ['console.log("in it"); for (;;);', { evaluator: 'javascript' }] as const;
  return [
    await interruptRow('interrupt of a busy loop', inPython, () => bare.interruptPython(python)),
    await interruptRow('interrupt of a busy JavaScript loop', inJavaScript, bare.interruptNode),
  ];
}

async function interruptRow(
  what: string,
  [source, options]: readonly [string, ExtSessionOptions],
  plain: () => Promise<number>,
): Promise<Row> {
  const session = await ExtSession.start(options);
  const ours = async (): Promise<number> => {
    const results = session.execute(source);
    await new Promise<void>((resolve) => results.onDidReceiveOutput(() => resolve()));
    return timed(() => session.interrupt());
  };
  const [taken = [], theirs = []] = await alternating(15, ours, plain);
  await session.exit();
  const reference = { name: 'a bare SIGINT', value: median(theirs) };
  return { what, unit: 'ms', ours: median(taken), reference, target: { atMost: 10 } };
}

async function freshProcess(python: string): Promise<Row[]> {
  const [ours = [], theirs = []] = await alternating(
    15,
    () => timed(() => exteval('6 * 7', { interpreter: python })),
    () => bare.startPython(python),
  );
  return [
    {
      what: 'exteval, a fresh process',
      unit: 'ms',
      ours: median(ours),
      reference: { name: 'python3 -c 0', value: median(theirs) },
      target: { ratioAtMost: 1.2 },
    },
  ];
}
