import { received, type SupervisorFrame } from './frames.js';

/** A larger piece is passed on as it is: where it is in a file, it can stay there. */
const SMALL = 1 << 15;
const SPACE = 1 << 19;

/**
 * Small frames of data that follow each other in one stream, as one frame: each costs everybody who hears of it as much
 * as a large one. The first frame is at the offset `start`, and none is joined with those before the offset `boundary`.
 */
export function* joinedData(
  frames: Iterable<SupervisorFrame>,
  start: number,
  boundary: number,
): Generator<SupervisorFrame, void, undefined> {
  const space = Buffer.allocUnsafe(SPACE);
  let [at, joined] = [start, undefined as SupervisorFrame | undefined];
  for (const frame of frames) {
    const end = joined?.payload.length ?? 0;
    const size = end + frame.payload.length;
    const isSmall = frame.kind === received.data && frame.isLast && frame.payload.length < SMALL;
    const goesOn = isSmall && frame.stream === joined?.stream && size <= SPACE && at !== boundary;
    at += frame.size;
    if (joined && goesOn) {
      frame.payload.copy(space, end);
      joined = { ...joined, payload: space.subarray(0, size), size: joined.size + frame.size };
      continue;
    }
    if (joined) yield joined;
    joined = undefined;
    if (!isSmall) yield frame;
    else {
      frame.payload.copy(space);
      joined = { ...frame, payload: space.subarray(0, frame.payload.length) };
    }
  }
  if (joined) yield joined;
}
