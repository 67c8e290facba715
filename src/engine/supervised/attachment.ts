import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const maybe = v.nullable(count);

const pair = v.object({
  number: count,
  /** The streams that have not ended. */
  open: v.array(v.picklist([0, 1])),
  command: maybe,
  late: maybe,
  /** The start of a marker whose rest has not been read, for each stream. */
  tails: v.tuple([v.string(), v.string()]),
  /** The number of the last piece of collected text, for each stream. */
  pieces: v.tuple([count, count]),
});

const request = v.object({
  id: count,
  count,
  kind: v.picklist(['execute', 'evaluate', 'get', 'data']),
  note: v.optional(v.unknown()),
});

/** What a supervisor answers to a host: from which offset of its journal it sends, and how things were there. */
export const attachment = v.object({
  from: count,
  /** The end of the journal: what follows is news. */
  to: count,
  /** Everything before that, an earlier host has kept. */
  stored: count,
  hello: v.nullable(v.unknown()),
  state: v.object({ next: maybe, running: maybe, last: maybe, pairs: v.array(pair) }),
  /** Those whose end no host has acknowledged, in order. */
  requests: v.array(request),
  /** Those of them whose beginning had to be given up. */
  lost: v.array(count),
  /** The lines of input that are written ahead. */
  lines: v.array(v.string()),
  lastId: count,
  lastCount: count,
  about: v.unknown(),
  /** The number of the file that it writes. */
  file: v.optional(count),
});

export type Attachment = v.InferOutput<typeof attachment>;
export type KeptPair = v.InferOutput<typeof pair>;
export type KeptRequest = v.InferOutput<typeof request>;

export const refusal = v.object({ version: v.number() });
