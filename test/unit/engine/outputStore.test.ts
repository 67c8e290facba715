import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputBudget } from '../../../src/engine/output/outputBudget.js';
import { OutputStore } from '../../../src/engine/output/outputStore.js';
import type { Output } from '../../../src/protocol/output.js';

const newStore = (): OutputStore => new OutputStore(new OutputBudget());

const write = fc.record({
  stream: fc.constantFrom(0 as const, 1 as const),
  text: fc.string({ unit: 'binary', maxLength: 12 }),
});

function joined(outputs: readonly Output[]): string {
  return outputs.map((output) => (output.type === 'stream' ? `${output.name}:${output.text}` : output.type)).join('|');
}

describe('an output store', () => {
  it('gives followers and collectors the same text, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(write), fc.integer({ min: 1, max: 5 }), (writes, size) => {
        const store = newStore();
        const followed = { stdout: '', stderr: '' };
        const follow = (outputs: readonly Output[]): void => {
          for (const output of outputs) if (output.type === 'stream') followed[output.name] += output.text;
        };
        for (const { stream, text } of writes) {
          const bytes = Buffer.from(text);
          for (let at = 0; at < bytes.length; at += size) {
            store.append(stream, bytes.subarray(at, at + size));
            follow(store.advance());
          }
        }
        follow(store.flush());
        expect(followed).toEqual({ stdout: store.text('stdout'), stderr: store.text('stderr') });
        const text = (name: string): string =>
          store.outputs.map((output) => (output.type === 'stream' && output.name === name ? output.text : '')).join('');
        expect([text('stdout'), text('stderr')]).toEqual([store.text('stdout'), store.text('stderr')]);
      }),
    );
  });

  it('gives a reader all outputs in their order, however seldom it reads, and wherever the bytes are cut', () => {
    const piece = fc.oneof(write, fc.constant(undefined), fc.constant('read' as const));
    fc.assert(
      fc.property(fc.array(piece), fc.nat(5), (pieces, late) => {
        const store = newStore();
        let reader = store.open();
        let read: Output[] = [];
        const readAll = (): void => {
          for (let output = reader.take(); output; output = reader.take()) read.push(output);
        };
        pieces.forEach((one, index) => {
          if (index === late) {
            store.close(reader);
            reader = store.open();
            read = [];
          }
          if (one === 'read') readAll();
          else if (one) store.append(one.stream, Buffer.from(one.text));
          else store.add({ type: 'display_data', data: {} });
        });
        readAll();
        const merged: Output[] = [];
        for (const output of read) {
          const last = merged.at(-1);
          if (output.type === 'stream' && last?.type === 'stream' && last.name === output.name) {
            merged[merged.length - 1] = { ...last, text: last.text + output.text };
          } else merged.push(output);
        }
        expect(merged).toEqual(store.outputs);
      }),
    );
  });

  it('gives a reader much text in pieces', () => {
    const store = newStore();
    const reader = store.open();
    const chunk = Buffer.alloc(1 << 20, 'x');
    for (let count = 0; count < 5; count++) store.append(0, chunk);
    const sizes: number[] = [];
    for (let output = reader.take(); output; output = reader.take()) {
      if (output.type === 'stream') sizes.push(output.text.length);
    }
    expect(sizes).toEqual([1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20]);
  });

  it('keeps the order, with adjacent text of one stream as one', () => {
    const store = newStore();
    store.append(0, Buffer.from('a'));
    store.append(0, Buffer.from('b'));
    store.append(1, Buffer.from('c'));
    store.add({ type: 'display_data', data: { 'text/plain': 'd' } });
    store.append(0, Buffer.from('e'));
    expect(joined(store.outputs)).toBe('stdout:ab|stderr:c|display_data|stdout:e');
    store.append(0, Buffer.from('f'));
    expect(joined(store.outputs)).toBe('stdout:ab|stderr:c|display_data|stdout:ef');
  });

  it('keeps bytes that are no text exactly', () => {
    const store = newStore();
    store.append(0, Buffer.from([0x61, 0xff, 0xc3]));
    expect(store.bytes('stdout')).toEqual(Buffer.from([0x61, 0xff, 0xc3]));
    expect(store.text('stdout')).toBe('a\ufffd\ufffd');
  });
});
