import type { ExtResults } from '../extResults.js';
import { ResultsWriter, type ResultsWriterOptions } from '../resultsWriter.js';
import type { Printed } from '../link/childProcess.js';
import type { StreamIndex } from '../output/streamMerger.js';

/** What an error says of it, in characters. */
const LONGEST_TEXT = 64 * 1024;

/**
 * What is printed before the first command: by startup files such as `sitecustomize`, by preloaded modules, and by what
 * they started. It belongs to no command.
 */
export class StartOutput implements Printed {
  readonly #writer: ResultsWriter;

  constructor(options: Pick<ResultsWriterOptions, 'budget' | 'report'>) {
    this.#writer = new ResultsWriter({ id: 0, executionCount: 0, ...options });
    this.#writer.start();
  }

  /** Settled once the evaluator is ready. */
  get results(): ExtResults {
    return this.#writer.results;
  }

  append(stream: StreamIndex, bytes: Uint8Array): void {
    this.#writer.append(stream, bytes);
  }

  /** The beginning of it, without white space around it; empty once the evaluator is ready. */
  get text(): string {
    let text = '';
    if (this.results.done) return text; // by now, they belong to somebody else, who might have disposed of them
    for (const output of this.results.pieces()) {
      if (output.type === 'stream') text += output.text;
      if (text.length >= LONGEST_TEXT) break;
    }
    return text.slice(0, LONGEST_TEXT).trim();
  }

  settle(): void {
    const durationMs = Date.now() - (this.results.startedAt ?? Date.now());
    this.#writer.settle({ status: 'ok', executionCount: 0, durationMs });
  }

  /** Nothing holds the streams any more. */
  close(): void {
    this.#writer.close();
  }
}
