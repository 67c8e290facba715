import type { Output } from '../../protocol/output.js';

/** An output, and whether it came after the end of its command. */
export type TimedOutput = Output & { readonly isLate?: true };

/** How much of a command's output came before its end. */
export class OnTime {
  #characters = 0;
  /** Outputs that are no text of a stream. */
  #outputs = 0;

  add(output: Output): void {
    if (output.type === 'stream') this.#characters += output.text.length;
    else if (output.type !== 'display_data' || !output.update) this.#outputs++;
  }

  clear(): void {
    this.#characters = this.#outputs = 0;
  }

  /** All outputs of the command, the late ones marked. A text that is partly late is split. */
  *marked(outputs: Iterable<Output>): Generator<TimedOutput> {
    let [characters, count] = [this.#characters, this.#outputs];
    for (const output of outputs) {
      if (output.type !== 'stream') yield count-- > 0 ? output : { ...output, isLate: true };
      else {
        const { text } = output;
        if (characters > 0) yield { ...output, text: text.slice(0, characters) };
        if (text.length > characters) yield { ...output, text: text.slice(characters), isLate: true };
        characters = Math.max(0, characters - text.length);
      }
    }
  }
}
