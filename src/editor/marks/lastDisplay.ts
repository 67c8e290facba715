import type { ExtResults } from '../../engine/extResults.js';
import type { MimeBundle } from '../../protocol/output.js';
import { valueSummary } from './valueSummary.js';

/**
 * Follows what a command displays: a plot, a table. Returns what it displayed last, on one line, and then lets go of
 * it.
 */
export function followDisplays(
  results: Pick<ExtResults, 'onDidReceiveOutput' | 'onDidClear'>,
): () => string | undefined {
  let last: MimeBundle | undefined;
  const listening = [
    results.onDidReceiveOutput((output) => {
      if (output.type === 'display_data') last = output.data;
    }),
    results.onDidClear(() => {
      last = undefined;
    }),
  ];
  return () => {
    for (const each of listening) each.dispose();
    const text = last && valueSummary(last);
    last = undefined;
    return text;
  };
}
