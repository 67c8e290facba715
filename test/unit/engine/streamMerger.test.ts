import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamMerger, type StreamIndex } from '../../../src/engine/output/streamMerger.js';

/** One event of a stream as the host reads it: a change of stream, or a byte of text. */
type Event = number | string;

/** Writes with a marker in both streams at each change, as a worker does. */
function written(writes: readonly { stream: StreamIndex; text: string }[]): {
  events: [Event[], Event[]];
  order: string;
} {
  const events: [Event[], Event[]] = [[], []];
  let changes = 0;
  let last: StreamIndex = 0;
  let order = '';
  for (const { stream, text } of writes) {
    if (stream !== last) {
      changes++;
      events[last].push(changes);
      events[stream].push(changes);
      last = stream;
    }
    events[stream].push(text);
    order += `${String(stream)}${text}`;
  }
  return { events, order };
}

describe('the stream merger', () => {
  it('restores the order in which two streams were written, however they arrive', () => {
    const writes = fc.array(
      fc.record({ stream: fc.constantFrom<StreamIndex>(0, 1), text: fc.constantFrom('a', 'b', 'c') }),
    );
    const arrivals = fc.infiniteStream(fc.constantFrom<StreamIndex>(0, 1));
    fc.assert(
      fc.property(writes, arrivals, (all, turns) => {
        const { events, order } = written(all);
        let merged = '';
        const merger = new StreamMerger((stream, bytes) => (merged += `${String(stream)}${bytes.toString()}`));
        while (events[0].length + events[1].length > 0) {
          const turn = turns.next().value as StreamIndex;
          const stream = events[turn].length > 0 ? turn : turn === 0 ? 1 : 0;
          const event = events[stream].shift();
          if (typeof event === 'number') merger.change(stream, event);
          else if (event !== undefined) merger.data(stream, Buffer.from(event));
        }
        expect(merged).toBe(order);
      }),
    );
  });

  it('puts displays, which come another way, in their place among the text', () => {
    const pieces = fc.array(fc.constantFrom('0a', '1b', 'display'));
    const arrivals = fc.infiniteStream(fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(pieces, arrivals, (all, turns) => {
        let merged = '';
        const merger = new StreamMerger((stream, bytes) => (merged += `${String(stream)}${bytes.toString()}`));
        const queues: (() => void)[][] = [[], [], []];
        let changes = 0;
        let last = '0';
        for (const piece of all) {
          if (piece === 'display') {
            const number = ++changes;
            for (const stream of [0, 1] as const) {
              queues[stream]?.push(() => {
                merger.place(stream, number);
              });
            }
            queues[2]?.push(() => {
              merger.display(number, () => (merged += 'display'));
            });
            continue;
          }
          if (!piece.startsWith(last)) {
            const number = ++changes;
            for (const stream of [0, 1] as const) {
              queues[stream]?.push(() => {
                merger.change(stream, number);
              });
            }
          }
          last = piece.slice(0, 1);
          const stream = last === '0' ? 0 : 1;
          queues[stream]?.push(() => {
            merger.data(stream, Buffer.from(piece.slice(1)));
          });
        }
        while (queues.some((queue) => queue.length > 0)) queues[turns.next().value as number]?.shift()?.();
        expect(merged).toBe(all.join(''));
      }),
    );
  });

  it('shows what has come, and waits for no more, when the writer is dead', () => {
    let merged = '';
    const merger = new StreamMerger((_, bytes) => (merged += bytes.toString()));
    merger.place(0, 1);
    merger.data(0, Buffer.from('behind a display that never came, '));
    merger.display(2, () => (merged += 'display'));
    expect(merged).toBe('');
    merger.settle();
    expect(merged).toBe('behind a display that never came, display');
  });

  it('hands out what waits when the writer is done or dead', () => {
    let merged = '';
    const merger = new StreamMerger((stream, bytes) => (merged += `${String(stream)}${bytes.toString()}`));
    merger.change(1, 1);
    merger.data(1, Buffer.from('e'));
    expect(merged).toBe('');
    merger.settle();
    expect(merged).toBe('1e');
  });

  it('keeps pace however much of one stream waits for the other, displays among it', () => {
    const count = 100_000;
    let merged = 0;
    const merger = new StreamMerger(() => merged++);
    for (let number = 1; number <= count; number++) {
      if (number % 2) merger.change(0, number);
      else merger.place(0, number);
      merger.data(0, Buffer.from('a'));
    }
    for (let number = 2; number <= count; number += 2) merger.display(number, () => merged++);
    expect(merged).toBe(0);
    for (let number = 1; number <= count; number++) {
      if (number % 2) merger.change(1, number);
      else merger.place(1, number);
    }
    expect(merged).toBe(count + count / 2);
  });

  it('settles with any number of displays that wait', () => {
    let shown = 0;
    const merger = new StreamMerger(() => undefined);
    for (let number = 1; number <= 200_000; number++) merger.display(number, () => shown++);
    merger.settle();
    expect(shown).toBe(200_000);
  });
});
