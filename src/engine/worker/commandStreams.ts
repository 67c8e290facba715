import type { ExtResults } from '../extResults.js';
import type { Link } from '../link/link.js';
import type { UnsentText } from '../link/unsentText.js';
import type { Logger } from '../logger.js';
import { StreamMarkerParser } from '../output/streamMarkerParser.js';
import { StreamMerger, type StreamIndex } from '../output/streamMerger.js';
import type { ResultsWriter } from '../resultsWriter.js';
import type { KeptPair } from '../supervised/attachment.js';
import { InspectorNotices } from './inspectorNotices.js';
import { LateResults } from './lateResults.js';
import { mostOpenCommands } from './openCommandLimit.js';
import type { StartOutput } from './startOutput.js';

/** A command in its pair: from its start until no process holds its streams any more. */
export interface StreamedCommand {
  readonly id: number;
  readonly writer: ResultsWriter;
  readonly merger: StreamMerger;
  /** The streams in which its end marker was found. */
  readonly ended: Set<StreamIndex>;
  /** The streams that nobody holds any more. */
  readonly left: ReadonlySet<StreamIndex>;
  /** Passes on what could have become a marker in that stream. */
  readonly flush: (stream: StreamIndex) => void;
  /** Whether it has ended: what is written now is late. */
  isOver: boolean;
}

interface Slot {
  readonly parsers: readonly [StreamMarkerParser, StreamMarkerParser];
  readonly ended: Set<StreamIndex>;
  /** The last piece of collected text that arrived through each stream. */
  readonly pieces: [number, number];
  command?: StreamedCommand | undefined;
  /** Set if the command has ended and its late output arrives here; absent if nobody holds its results any more. */
  late?: { readonly writer: ResultsWriter | undefined };
}

/** What receives the output of commands whose end an earlier host has acknowledged. */
export interface Continuations {
  of(id: number): ResultsWriter;
  has(id: number): boolean;
}

export interface CommandStreamsOptions {
  readonly link: Link;
  readonly log: Logger;
  /** Receives what is written before the first command. */
  readonly start: StartOutput;
  /** Called when a stream of the command has ended, or its end marker was found. */
  readonly progressed: (command: StreamedCommand) => void;
}

/**
 * The pairs of streams of a worker. What is written to a pair is added, in order, to the results of the command that
 * has it; between commands, it belongs to the last one.
 */
export class CommandStreams {
  readonly #options: CommandStreamsOptions;
  readonly #slots = new Map<number, Slot>();
  readonly #late = new LateResults();
  readonly #mostOpen = mostOpenCommands();
  #last: StreamedCommand | undefined;
  readonly notices = new InspectorNotices();

  constructor(options: CommandStreamsOptions) {
    this.#options = options;
  }

  /** Gives the command the pair. */
  begin(writer: ResultsWriter, pair: number): StreamedCommand {
    const slot = this.#slots.get(pair) ?? this.#lostSlot(pair);
    const merger = new StreamMerger((stream, bytes) => {
      writer.append(stream, bytes);
    });
    return (this.#last = this.#occupy(slot, writer, { merger, isOver: false }));
  }

  /** Gives the pair to a command whose end an earlier host has acknowledged. */
  continue(writer: ResultsWriter, pair: number): StreamedCommand {
    return (this.#last = this.#continue(writer, this.#slots.get(pair) ?? this.#lostSlot(pair)));
  }

  /** Goes on where an earlier host was; `last` is the command that began last. */
  restore(pairs: readonly KeptPair[], last: number | null, continuations: Continuations): void {
    for (const { number, open, command, late, tails, pieces } of pairs) {
      const slot: Slot = { ...this.#newSlot(number), pieces: [...pieces] };
      for (const stream of [0, 1] as const) {
        if (!open.includes(stream)) slot.ended.add(stream);
        if (tails[stream]) slot.parsers[stream].push(Buffer.from(tails[stream], 'latin1'));
      }
      this.#slots.set(number, slot);
      if (late !== null) slot.late = { writer: this.#continue(continuations.of(late), this.#lostSlot(-1)).writer };
      else if (command !== null) this.#last = this.#continue(continuations.of(command), slot);
    }
    if (last !== null) this.#last ??= this.#continue(continuations.of(last), this.#lostSlot(-1));
  }

  /**
   * The link already reads the pair. The worker can retire a pair for late output at any time, so it waits until it is
   * told.
   */
  open(pair: number, late: number | undefined): void {
    const slot = this.#newSlot(pair);
    this.#slots.set(pair, slot);
    if (late !== undefined) {
      slot.late = { writer: this.#late.find(late) };
      this.#options.link.sendSide({ t: 'opened', number: pair });
    }
    if (this.#slots.size > this.#mostOpen) this.#closeOldest();
  }

  data(pair: number, stream: StreamIndex, bytes: Buffer): void {
    this.#slots.get(pair)?.parsers[stream].push(bytes);
  }

  /** Nobody holds that stream any more. */
  end(pair: number, stream: StreamIndex): void {
    const slot = this.#slots.get(pair);
    if (!slot) return; // closed here
    slot.parsers[stream].flush();
    slot.ended.add(stream);
    if (slot.command) this.#options.progressed(slot.command);
    if (slot.ended.size < 2) return;
    this.#slots.delete(pair);
    slot.command?.merger.settle();
    slot.command?.writer.close();
  }

  /** The worker has left this text, which may also have been written to its pair. */
  addUnsent({ pair, stream, number, bytes }: UnsentText): void {
    const slot = this.#slots.get(pair);
    if (slot && slot.pieces[stream] !== number) slot.parsers[stream].push(bytes);
  }

  /** The streams of a command are free again; their next output belongs to another command. */
  recycle(id: number): void {
    for (const slot of this.#slots.values()) {
      if (slot.command?.id !== id) continue;
      slot.command.writer.close();
      slot.command = undefined;
      return;
    }
  }

  /** The command that has a pair. */
  holder(id: number): StreamedCommand | undefined {
    for (const { command } of this.#slots.values()) if (command?.id === id) return command;
    return undefined;
  }

  /** What somebody still holds of that command. */
  resultsOf(id: number): ExtResults | undefined {
    return this.#late.find(id)?.results;
  }

  writerOf(id: number): ResultsWriter | undefined {
    return this.#late.find(id);
  }

  /** Closes all results. Nothing is added to them any more. */
  close(): void {
    for (const { command } of this.#slots.values()) command?.writer.close();
    this.#slots.clear();
  }

  #occupy(
    slot: Slot,
    writer: ResultsWriter,
    { isOver, merger }: Pick<StreamedCommand, 'isOver' | 'merger'>,
  ): StreamedCommand {
    const flush = (stream: StreamIndex): void => {
      slot.parsers[stream].flush();
    };
    this.#late.add(writer);
    return (slot.command = { id: writer.id, writer, merger, ended: new Set(), left: slot.ended, flush, isOver });
  }

  /** A command whose end an earlier host has acknowledged. What that host has kept does not come again. */
  #continue(writer: ResultsWriter, slot: Slot): StreamedCommand {
    const merger = new StreamMerger((stream, bytes) => {
      if (!this.#options.link.ahead?.isStored) writer.append(stream, bytes);
    });
    return this.#occupy(slot, writer, { merger, isOver: true });
  }

  /** Descriptors are limited: the command that ended first loses its streams, and a message says so. */
  #closeOldest(): void {
    const oldest = [...this.#slots].find(([, { command }]) => command?.isOver);
    if (!oldest) return;
    const [pair, { command }] = oldest;
    const message = `More than ${String(this.#mostOpen)} commands have processes or threads that can still write. Further output from those of this command is lost.`;
    this.#options.log.warn(`Command ${String(command?.id)}: ${message}`);
    this.#slots.delete(pair);
    command?.writer.add({ type: 'error', name: 'TooManyOpenCommands', message, traceback: '', frames: [] });
    command?.writer.close();
    this.#options.link.closePair(pair);
  }

  /** For a pair whose streams have already ended, or that was never announced: nothing can be read there. */
  #lostSlot(pair: number): Slot {
    return { ...this.#newSlot(pair), ended: new Set([0, 1]) };
  }

  #newSlot(pair: number): Slot {
    return { parsers: [this.#parser(pair, 0), this.#parser(pair, 1)], ended: new Set(), pieces: [0, 0] };
  }

  /** What no command has written, which belongs to the last one. */
  #addForNobody(stream: StreamIndex, bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#last) this.#last.writer.append(stream, bytes);
    else this.#options.start.append(stream, bytes);
  }

  #parser(pair: number, stream: StreamIndex): StreamMarkerParser {
    return new StreamMarkerParser(this.#options.link.marker, {
      data: (bytes) => {
        const { command, late } = this.#slots.get(pair) ?? {};
        if (command) command.merger.data(stream, bytes);
        else if (late) late.writer?.append(stream, bytes);
        else this.#addForNobody(stream, stream === 1 ? this.notices.without(bytes) : bytes);
      },
      marker: (kind, number) => {
        const slot = this.#slots.get(pair);
        if (kind === 'L' && slot) slot.pieces[stream] = number;
        const command = slot?.command;
        if (!command) return;
        if (kind === 'S') command.merger.change(stream, number);
        else if (kind === 'D') command.merger.place(stream, number);
        else if (kind === 'E' && number === command.id) {
          command.ended.add(stream);
          this.#options.progressed(command);
        }
      },
    });
  }
}
