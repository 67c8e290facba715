import { writeSync } from 'node:fs';
import { withPlainBuiltins } from './builtins.js';
import type { Streams } from './output/descriptors.js';
import { createOwner } from './output/owner.js';
import type { Pair } from './output/pair.js';
import { Work } from './output/openWork.js';

export type StreamIndex = 0 | 1;

const write = writeSync;
const BOTH = 3;

/** The start of markers, and where output goes when a command's pair is gone. Set once, before the first command. */
export const router: {
  marker: string;
  running: Command | undefined;
  /** The host is gone: used in place of the pair of every command. */
  nowhere: Pair | undefined;
  /** Where output without an owner goes: the process's own descriptors, unless those cannot lead to the host. */
  nobody: readonly [number, number];
  /** Creates a new pair for the late output of a command. */
  reopen: (command: Command) => Pair;
} = {
  marker: '',
  running: undefined,
  nowhere: undefined,
  nobody: [1, 2],
  reopen: () => {
    throw new Error('There are no pairs yet.');
  },
};

/** The command that code runs for, which applies to timers, promises and handles from where they were created. */
export const owner = createOwner((command: Command, resource) => {
  command.work.add(resource);
});

/** The command that a write belongs to. */
export function currentCommand(): Command | undefined {
  return owner.getStore() ?? router.running;
}

/** What the writers of a command refer to: its number and its pair. */
export class Command implements Streams {
  #pair: Pair;

  #stream: StreamIndex = 0;
  #switches = 0;
  #wrote = false; // since the last marker
  #foreign = false; // another writer may have written since the last marker
  #touched = 0; // a bit for each stream
  readonly work = new Work();

  constructor(
    readonly id: number,
    pair: Pair,
  ) {
    this.#pair = pair;
  }

  /**
   * Writes everything before it returns. A change of stream leaves a marker in both streams, which tells the host their
   * order.
   */
  write(stream: StreamIndex, bytes: Buffer): void {
    writeAll(this.descriptor(stream), bytes);
  }

  /** The descriptor for the next write to a stream, with a marker if necessary. */
  descriptor(stream: StreamIndex): number {
    this.#reopen();
    if (stream !== this.#stream || this.#foreign) this.#mark(stream);
    this.#wrote = true;
    this.#touched |= 1 << stream;
    return this.#streams.writeEnds[stream];
  }

  /**
   * The descriptors that children inherit as 1 and 2: what they write from now on comes after what was written before.
   */
  lend(): readonly [number, number] {
    this.#reopen();
    this.expectForeignWrites();
    this.#touched = BOTH;
    return this.#streams.writeEnds;
  }

  expectForeignWrites(): void {
    if (!this.#streams.isOpen) return;
    if (this.#wrote) this.#mark(this.#stream);
    this.#foreign = true;
  }

  hold(): () => void {
    return this.work.hold();
  }

  /** Calls `send` with the number of a position in the text: after what precedes it, before what follows. */
  place(send: (place: number) => void): void {
    const place = ++this.#switches;
    send(place);
    if (!this.#streams.isOpen) return;
    const marker = this.#marker('D', place);
    writeAll(this.#streams.writeEnds[0], marker);
    writeAll(this.#streams.writeEnds[1], marker);
    this.#wrote = this.#foreign = false;
    this.#touched = BOTH;
  }

  /** Writes the end marker to the streams that may have been written to, and returns these streams. */
  end(): StreamIndex[] {
    const ends = ([0, 1] as const).filter((stream) => this.#touched & (1 << stream));
    for (const stream of ends) writeAll(this.#streams.writeEnds[stream], this.#marker('E', this.id));
    return ends;
  }

  /** Closes the streams; what the command writes later goes to new ones. */
  close(): void {
    this.#streams.retire();
  }

  get #streams(): Pair {
    return router.nowhere ?? this.#pair;
  }

  #reopen(): void {
    if (!this.#streams.isOpen) this.#pair = router.reopen(this);
  }

  #mark(stream: StreamIndex): void {
    const marker = this.#marker('S', ++this.#switches);
    writeAll(this.#streams.writeEnds[stream === 0 ? 1 : 0], marker);
    this.#stream = stream;
    this.#wrote = this.#foreign = false;
    this.#touched = BOTH;
    writeAll(this.#streams.writeEnds[stream], marker);
  }

  #marker(kind: 'S' | 'D' | 'E', number: number): Buffer {
    return withPlainBuiltins(() =>
      Buffer.from(`\x1e${router.marker}${kind}${String(number).padStart(16, '0')}`, 'latin1'),
    );
  }
}

/** Writes without an owner, between commands: the host adds it to the last command. */
export function writeForNobody(stream: StreamIndex, bytes: Buffer): void {
  writeAll(router.nobody[stream], bytes);
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * A child that shares the FIFO may have made it non-blocking: in that case, a full one is tried again after a
 * millisecond. What nobody reads any more is lost.
 */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += write(descriptor, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
