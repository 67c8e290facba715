import type { Output } from '../../protocol/output.js';
import { LONGEST_LINE } from './unfinishedLine.js';
import { OutputReader, type ReadLine } from './outputReader.js';
import { outputText } from './outputText.js';

/** Consecutive outputs of a command, and which of their lines the panel keeps. */
export interface Stretch {
  /** The number of characters of stream text, and of outputs that are not stream text. */
  readonly characters: number;
  readonly outputs: number;
  /** Lines before `head` and lines from `tail` on are kept. */
  readonly head: number;
  readonly tail: number;
  /** Whether all lines are kept completely. */
  readonly isWhole: boolean;
}

/** A line that the panel does not keep; or, of a line that it cuts off, what comes after `from`. */
export interface UnkeptLine extends ReadLine {
  readonly from?: number;
}

/** A piece of the document of all output. `starts` is set if it does not continue the text before it. */
interface Piece {
  readonly text: string;
  readonly stretch: Stretch;
  readonly starts: boolean;
}

/** The number of characters that are read at once. */
const PIECE_LENGTH = 1 << 16;

/** The lines that the panel does not keep, in batches. A batch may be empty, so that the reader can pause. */
export function* unkeptLines(
  outputs: Iterable<Output>,
  stretches: readonly Stretch[],
): Generator<readonly UnkeptLine[]> {
  const reader = new OutputReader();
  let last: Stretch | undefined;
  for (const { text, stretch, starts } of piecesOf(outputs, stretches)) {
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

/** Steps through the stretches as outputs arrive. */
class StretchPlace {
  readonly #stretches: readonly Stretch[];

  #at = 0;
  #characters = 0;
  #outputs = 0;

  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches;
  }

  /** The stretch of an output that is not stream text. */
  output(): Stretch | undefined {
    const stretch = this.#current();
    this.#outputs += 1;
    return stretch;
  }

  /** The stretch of stream text, and how much of the text it contains. */
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
