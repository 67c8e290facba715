import { PatternWorker } from './patternWorker.js';
import { MOST_MATCHES, type CommandText, type Match, type Found } from './search.js';

/** In characters. A batch is searched as a whole, or not at all. */
const BATCH = 20_000;
const BATCH_MS = 1000;

/**
 * All matches of the user's regular expression, in order, up to the first batch that takes too long; undefined if the
 * search was cancelled.
 */
export async function searchByExpression(
  texts: Iterable<CommandText>,
  pattern: RegExp,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const { source } = pattern;
  const flags = pattern.flags.replace('g', '');
  const matches: Match[] = [];
  const worker = new PatternWorker(signal);
  try {
    for (const batch of batches(texts)) {
      const job = { source, flags, texts: batch.map(({ searchable }) => searchable.text), firstOnly: false };
      const found = await worker.matches(job, BATCH_MS);
      if (signal.aborted) return undefined;
      if (!found) return { matches, isAll: false };
      for (const [index, text] of batch.entries()) matches.push(...matchesIn(text, found[index] ?? []));
      if (matches.length >= MOST_MATCHES) return { matches: matches.slice(0, MOST_MATCHES), isAll: true };
    }
  } finally {
    worker.stop();
  }
  return { matches, isAll: true };
}

function* batches(texts: Iterable<CommandText>): Generator<CommandText[]> {
  let batch: CommandText[] = [];
  let size = 0;
  for (const text of texts) {
    batch.push(text);
    size += text.searchable.text.length + 1;
    if (size < BATCH) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}

function* matchesIn(text: CommandText, spans: readonly number[]): Generator<Match> {
  for (let at = 0; at + 1 < spans.length; at += 2) yield { ...text, from: spans[at] ?? 0, to: spans[at + 1] ?? 0 };
}
