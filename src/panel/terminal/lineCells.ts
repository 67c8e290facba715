import type { TextStyle } from '../../protocol/panelEntries.js';

/** Text in one style. */
export interface Piece {
  text: string;
  readonly style: TextStyle;
}

/** A line by its columns: overwriting one of them takes no longer when there are many pieces. */
export class LineCells {
  readonly #characters: string[] = [];
  readonly #styles: TextStyle[] = [];

  constructor(pieces: readonly Piece[]) {
    for (const { text, style } of pieces) this.write(this.#characters.length, text, style);
  }

  /** `column` is at most the length of the line. */
  write(column: number, text: string, style: TextStyle): void {
    for (let at = 0; at < text.length; at++) {
      this.#characters[column + at] = text.charAt(at);
      this.#styles[column + at] = style;
    }
  }

  truncate(length: number): void {
    this.#characters.length = length;
    this.#styles.length = length;
  }

  pieces(): Piece[] {
    const pieces: Piece[] = [];
    for (const [at, style] of this.#styles.entries()) appendPiece(pieces, this.#characters[at] ?? '', style);
    return pieces;
  }
}

/** Adds text to the last piece if it has the same style. */
export function appendPiece(pieces: Piece[], text: string, style: TextStyle): void {
  const last = pieces.at(-1);
  if (last && sameStyle(last.style, style)) last.text += text;
  else pieces.push({ text, style });
}

function sameStyle(one: TextStyle, other: TextStyle): boolean {
  if (one === other) return true;
  const names = Object.keys(one) as (keyof TextStyle)[];
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
