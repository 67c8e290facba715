import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from '../../../src/engine/link/messageFrames.js';

describe('frames', () => {
  it('arrive as they were sent, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 40 }), (messages, size) => {
        const bytes = Buffer.concat(messages.map(encodeFrame));
        const reader = new FrameReader();
        const read: unknown[] = [];
        for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)));
        expect(read).toEqual(messages.map((message) => JSON.parse(JSON.stringify(message)) as unknown));
      }),
    );
  });

  it('that announce more than a value can have are refused before they are read', () => {
    expect(() => new FrameReader().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(RangeError);
  });

  it('that are no JSON are refused', () => {
    expect(() => new FrameReader().push(Buffer.from('\0\0\0\x02{,'))).toThrow(SyntaxError);
  });
});
