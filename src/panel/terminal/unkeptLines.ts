import type { Output } from '../../protocol/output.js';
import { LONGEST_LINE } from './unfinishedLine.js';
import { OutputReader, type ReadLine } from './outputReader.js';
import { outputText } from './outputText.js';

/** Some of a command's outputs, which follow one another, and which of their lines the panel keeps. */
export interface Stretch {
  /** Of the streams' text, and how many outputs that are no text of a stream. */
  readonly characters: number;
  readonly outputs: number;
  /** Lines before `head` are kept, and those from `tail` on. */
  readonly head: number;
  readonly tail: number;
  /** All lines are kept, to their ends. */
  readonly isWhole: boolean;
}

/** A line that the panel does not keep; of one that it keeps and cuts, what comes after `from`. */
export interface UnkeptLine extends ReadLine {
  readonly from?: number;
}

/** A piece of the document of all output. `starts` when it does not go on what came before. */
interface Piece {
  readonly text: string;
  readonly stretch: Stretch;
  readonly starts: boolean;
}

/** So many characters are read at once. */
const PIECE_LENGTH = 1 << 16;

/** The lines that the panel does not keep, in batches; a batch may be empty, so that whoever reads can pause. */
export function* unkeptLines(
  results: { pieces(): Iterable<Output> },
  stretches: readonly Stretch[],
): Generator<readonly UnkeptLine[]> {
  const reader = new OutputReader();
  let last: Stretch | undefined;
  for (const { text, stretch, starts } of piecesOf(results.pieces(), stretches)) {
    if (last && (starts || stretch !== last)) yield unkept(reader.end(), last);
    last = stretch;
    yield unkept(reader.write(text), stretch);
  }
  if (last) yield unkept(reader.end(), last);
}

function unkept(lines: readonly ReadLine[], { head, tail, isWhole }: Stretch): UnkeptLine[] {
  const found: UnkeptLine[] = [];
  if (isWhole) return found;
  for (const line of lines) {
    if (line.index >= head && line.index < tail) found.push(line);
    else if (line.text.length > LONGEST_LINE) found.push({ ...line, from: LONGEST_LINE });
  }
  return found;
}

function* piecesOf(outputs: Iterable<Output>, stretches: readonly Stretch[]): Generator<Piece> {
  const places = new StretchPlace(stretches);
  let stream: string | undefined;
  for (const output of outputs) {
    const text = outputText(output);
    if (output.type !== 'stream') {
      const stretch = places.output();
      if (!stretch) return;
      yield { text, stretch, starts: true };
      stream = undefined;
      continue;
    }
    for (let at = 0; at < text.length;) {
      const place = places.text(Math.min(PIECE_LENGTH, text.length - at));
      if (!place) return;
      const from = at;
      at += place.length;
      yield { text: text.slice(from, at), stretch: place.stretch, starts: stream !== output.name };
      stream = output.name;
    }
  }
}

/** Goes through the stretches as the outputs come. */
class StretchPlace {
  readonly #stretches: readonly Stretch[];

  #at = 0;
  #characters = 0;
  #outputs = 0;

  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /** Where an output that is no text of a stream belongs. */
  output(): Stretch | undefined {
    const stretch = this.#current();
    this.#outputs += 1;
    return stretch;
  }

  /** Where text of a stream belongs, and how much of it. */
  text(length: number): { readonly stretch: Stretch; readonly length: number } | undefined {
    const stretch = this.#current();
    if (!stretch) return undefined;
    const fits = Math.max(1, Math.min(length, stretch.characters - this.#characters));
    this.#characters += fits;
    return { stretch, length: fits };
  }

  #current(): Stretch | undefined {
    for (;;) {
      const stretch = this.#stretches[this.#at];
      if (!stretch || this.#characters < stretch.characters || this.#outputs < stretch.outputs) return stretch;
      this.#at += 1;
      this.#characters = this.#outputs = 0;
    }
  }
}
