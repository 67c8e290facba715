import { closeSync, openSync, readSync } from 'node:fs';
import type { Usage } from '../../../protocol/output.js';
import { now } from './now.js';

/** From which on the host is told, and what counts as short. */
const LONG_MS = 100;
const SHORT_MS = 10;
/** Of the clock in which Linux counts the time of children, for programs on all of its machines. */
const TICK_MS = 10;
const KB = 1024;
/** Not what the user may put in its place. */
const cpuUsage = process.cpuUsage.bind(process);
const buffer = Buffer.alloc(1 << 13);

type Told = Omit<Usage, 'wallMs'>;

/** What the process has used since it began. What the system does not tell is missing. */
interface Counts {
  readonly childUserMs: number;
  readonly childSystemMs: number;
  readonly memory?: number | undefined;
  readonly peak?: number | undefined;
  readonly read?: number | undefined;
  readonly written?: number | undefined;
}

/**
 * The CPU time, memory and bytes that a command uses, including child processes that have ended.
 *
 * Only the clocks are read for every command. The rest takes longer, and is read after commands that are not short: the
 * memory, bytes and children of a short command count towards the next one that is not.
 */
export class Meter {
  #began = 0;
  #cpu = cpuUsage();
  #counts: Counts = look();

  begin(): void {
    this.#began = now();
    this.#cpu = cpuUsage();
  }

  /** What was used since `begin`; nothing for a short command. */
  end(): { readonly usage?: Told } {
    const elapsed = now() - this.#began;
    if (elapsed < SHORT_MS) return {};
    const { user, system } = cpuUsage(this.#cpu);
    const before = this.#counts;
    const counts = (this.#counts = look());
    if (elapsed < LONG_MS) return {};
    const usage = {
      userMs: Math.round(user / 1000 + counts.childUserMs - before.childUserMs),
      systemMs: Math.round(system / 1000 + counts.childSystemMs - before.childSystemMs),
      ...memoryOf(before, counts),
      ...bytesOf(before, counts),
    };
    return { usage };
  }
}

function memoryOf(before: Counts, { memory, peak }: Counts): Pick<Told, 'peakBytes' | 'growthBytes'> {
  return {
    ...(peak !== undefined && before.peak !== undefined && peak > before.peak ? { peakBytes: peak } : {}),
    ...(memory !== undefined && before.memory !== undefined ? { growthBytes: memory - before.memory } : {}),
  };
}

function bytesOf(before: Counts, { read, written }: Counts): Pick<Told, 'readBytes' | 'writtenBytes'> {
  if (read === undefined || written === undefined) return {};
  if (before.read === undefined || before.written === undefined) return {};
  return { readBytes: Math.max(0, read - before.read), writtenBytes: Math.max(0, written - before.written) };
}

function look(): Counts {
  const status = textOf('/proc/self/status');
  const io = textOf('/proc/self/io');
  // The name of the program, in parentheses, may contain anything. After it comes the third field.
  const times = textOf('/proc/self/stat').replace(/^.*\)/s, '').trim().split(' ');
  const kilobytes = (name: string): number | undefined => scaled(field(status, name), KB);
  return {
    childUserMs: Number(times[13] ?? 0) * TICK_MS,
    childSystemMs: Number(times[14] ?? 0) * TICK_MS,
    memory: kilobytes('VmRSS') ?? process.memoryUsage.rss(),
    peak: kilobytes('VmHWM') ?? process.resourceUsage().maxRSS * KB,
    read: field(io, 'rchar'),
    written: field(io, 'wchar'),
  };
}

function field(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Empty if there is no such file, as on macOS. */
function textOf(path: string): string {
  let file;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    return buffer.toString('latin1', 0, readSync(file, buffer));
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}
