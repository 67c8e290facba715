import { type ExtResults } from '../../src/library.js';
import * as bare from './bare.js';
import type { Row } from './row.js';
import { withSession } from './startedSession.js';

/** Each figure is a group of rows that are measured together. */
export const memoryFigures: Readonly<Record<string, (python: string) => Promise<Row[]>>> = {
  memory,
  outputMemory,
  endurance,
};

async function memory(python: string): Promise<Row[]> {
  const reference = { name: 'python3', value: await bare.bareMemory(python) };
  return withSession(python, async (session) => {
    await session.execute('1').wait();
    const ours = bare.memoryOf(session.pid ?? 0);
    return [{ what: 'memory of the idle worker', unit: 'MB', ours, reference, target: { ratioAtMost: 1.5 } }];
  });
}

/** The memory of this process, while it holds the results of many commands. */
async function outputMemory(python: string): Promise<Row[]> {
  const held = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().arrayBuffers / (1 << 20);
  };
  return withSession(python, async (session) => {
    const before = held();
    const all: ExtResults[] = [];
    for (let count = 0; count < 200; count++) {
      all.push(session.execute('import os\nfor _ in range(12): os.write(1, b"x" * (1 << 20))'));
      await all.at(-1)?.wait();
    }
    const ours = held() - before;
    for (const results of all) results.dispose();
    return [{ what: 'output of 200 commands of 12 MB in memory', unit: 'MB', ours, target: { atMost: 300 } }];
  });
}

/** What grows when a session lives long: 100,000 commands that print, and 10,000 that start a child. */
async function endurance(python: string): Promise<Row[]> {
  return withSession(python, async (session) => {
    const batch = async (count: number, source: string): Promise<void> => {
      for (let done = 0; done < count; done += 1000) {
        await Promise.all(Array.from({ length: 1000 }, () => session.execute(source).closed));
      }
    };
    const measure = async (): Promise<number[]> => {
      for (let time = 0; time < 5; time++) {
        await new Promise(setImmediate); // finalizers run between
        globalThis.gc?.();
      }
      const { heapUsed, external } = process.memoryUsage();
      const worker = bare.resourcesOf(String(session.pid));
      return [
        worker.megabytes,
        worker.descriptors,
        (heapUsed + external) / 2 ** 20,
        bare.resourcesOf('self').descriptors,
      ];
    };
    const child = 'import os; _ = os.posix_spawn("/bin/true", ["true"], {}); _ = os.wait()';
    await batch(3000, 'print("x" * 40)');
    await batch(1000, child);
    const before = await measure();
    await batch(100_000, 'print("x" * 40)');
    await batch(10_000, child);
    const grown = (await measure()).map((after, index) => after - (before[index] ?? 0));
    return [
      {
        what: 'memory of the worker after 110,000 commands',
        unit: 'MB more',
        ours: grown[0] ?? NaN,
        target: { atMost: 2 },
      },
      { what: 'its descriptors', unit: 'more', ours: grown[1] ?? NaN, target: { atMost: 0 } },
      { what: 'heap of the host', unit: 'MB more', ours: grown[2] ?? NaN, target: { atMost: 20 } },
      { what: 'its descriptors', unit: 'more', ours: grown[3] ?? NaN, target: { atMost: 0 } },
    ];
  });
}
