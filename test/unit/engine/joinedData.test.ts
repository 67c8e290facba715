import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HEADER, received, type SupervisorFrame } from '../../../src/engine/supervised/frames.js';
import { joinedData } from '../../../src/engine/supervised/joinedData.js';

const START = 500;

interface Part extends Pick<SupervisorFrame, 'kind' | 'stream' | 'isLast'> {
  readonly length: number;
}

const anyFrame: fc.Arbitrary<Part> = fc.record({
  kind: fc.constantFrom<number>(received.data, received.data, received.data, received.main),
  stream: fc.constantFrom(0, 1),
  length: fc.oneof(fc.nat(9), fc.nat(40_000)),
  isLast: fc.boolean(),
});

/** Each byte of a frame tells its number. */
function frameOf({ length, ...frame }: Part, number: number): SupervisorFrame {
  return { ...frame, payload: Buffer.alloc(length, number), size: HEADER + length };
}

/** As they are received: a view is only valid until the next one. */
function* borrowed(frames: readonly SupervisorFrame[]): Generator<SupervisorFrame> {
  for (const frame of frames) {
    const payload = Buffer.from(frame.payload);
    yield { ...frame, payload };
    payload.fill(255);
  }
}

const copied = (frames: Iterable<SupervisorFrame>): SupervisorFrame[] =>
  Array.from(frames, (frame) => ({ ...frame, payload: Buffer.from(frame.payload) }));

it('joins small pieces of a stream, and changes nothing else', () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 80 }), fc.nat(80), (parts, stored) => {
      const frames = parts.map(frameOf);
      const boundary = frames.slice(0, stored).reduce((at, { size }) => at + size, START);
      const joined = copied(joinedData(borrowed(frames), START, boundary));
      let [at, from] = [START, 0];
      for (const { kind, stream, payload, size, isLast } of joined) {
        const begun = at;
        let to = from;
        for (; at < begun + size; to++) at += frames[to]?.size ?? NaN;
        const these = frames.slice(from, Math.max(to, from + 1));
        expect(new Set(these.map((one) => `${String(one.kind)} ${String(one.stream)}`)).size).toBe(1);
        expect([kind, stream, isLast]).toEqual([these[0]?.kind, these[0]?.stream, these.at(-1)?.isLast]);
        expect(payload.equals(Buffer.concat(these.map((one) => one.payload)))).toBe(true);
        expect(begun < boundary && boundary < at).toBe(false);
        from += these.length;
      }
      expect(from).toBe(frames.length);
    }),
  );
});

it('makes one piece of thousands', () => {
  const frames = Array.from({ length: 5000 }, (_, number) =>
    frameOf({ kind: received.data, stream: 0, length: 100, isLast: true }, number & 127),
  );
  expect(copied(joinedData(borrowed(frames), START, START)).map(({ payload }) => payload.length)).toEqual([500_000]);
});
