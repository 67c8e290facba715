import type { ExtSession } from '../../src/library.js';
import { median } from './measure.js';
import type { Row } from './row.js';

/** How often parts of a worker are called. */
export type Counts = Readonly<Record<string, number>>;

const TURNS = 15;
const TIMES = 10;
/** So few that a command of them is short. */
const PRINTS = 10;

export interface Counting {
  readonly session: ExtSession;
  /** The most calls in a round trip, by the part. */
  readonly parts: Counts;
  readonly roundTrip: readonly [what: string, source: string];
  /** The source of so many prints. */
  readonly prints: readonly [what: string, source: (times: number) => string];
  /** Counts the calls since it was last asked. */
  readonly count: (session: ExtSession) => Promise<Counts>;
}

/** How often parts of a worker are called in a round trip, and in a print. */
export async function unusedRows(counting: Counting): Promise<Row[]> {
  const [trip, command] = counting.roundTrip;
  const [print, printing] = counting.prints;
  const inCommand = await callsOf(counting, command);
  const inPrints = await callsOf(counting, printing(PRINTS));
  return Object.entries(counting.parts).flatMap(([part, most]): Row[] => [
    { what: `calls into ${part} in ${trip}`, unit: '', ours: inCommand(part), target: { atMost: most } },
    {
      what: `calls into ${part} in ${print}`,
      unit: '',
      ours: (inPrints(part) - inCommand(part)) / PRINTS,
      target: { atMost: 0 },
    },
  ]);
}

/**
 * The calls that a command makes, less those that counting makes. The median, since a busy machine makes some commands
 * so long that more is looked at.
 */
async function callsOf({ session, count }: Counting, source: string): Promise<(part: string) => number> {
  const turns: (readonly [Counts, Counts])[] = [];
  await count(session);
  for (let turn = 0; turn < TURNS; turn++) {
    const asking = await count(session);
    for (let time = 0; time < TIMES; time++) await session.execute(source).wait();
    turns.push([asking, await count(session)]);
  }
  return (part) => median(turns.map(([asking, all]) => ((all[part] ?? 0) - (asking[part] ?? 0)) / TIMES));
}
