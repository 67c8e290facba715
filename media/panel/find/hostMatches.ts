import type { FindQuery } from '../../../src/protocol/findQuery.js';
import type { FoundElsewhere, Intent } from '../../../src/protocol/panel.js';

type FoundCommand = FoundElsewhere['commands'][number];

/**
 * The time after an answer before the same query is sent again: while output keeps arriving, the host has other work.
 */
const REST_MS = 1000;

/** Asks the host for matches in output that the panel does not keep. */
export class HostMatches {
  readonly #send: (intent: Intent) => void;
  readonly #onAnswer: () => void;

  #request = 0;
  #state: 'quiet' | 'asking' | 'resting' = 'quiet';
  /** The query to send next. */
  #again: FindQuery | undefined;
  #timer: number | undefined;
  #found: FoundElsewhere | undefined;
  #opened = -1;

  constructor(send: (intent: Intent) => void, onAnswer: () => void) {
    this.#send = send;
    this.#onAnswer = onAnswer;
  }

  /** The host's last matches; undefined until it has answered. */
  get found(): FoundElsewhere | undefined {
    return this.#found;
  }

  /** The command that is opened next; after the last one, the first one again. */
  get next(): FoundCommand | undefined {
    const commands = this.#found?.commands ?? [];
    return commands.find(({ key }) => key > this.#opened) ?? commands[0];
  }

  /** `again` repeats the query to find new matches; until the answer arrives, the previous one remains valid. */
  ask(query: FindQuery, { again }: { readonly again: boolean }): void {
    if (again && this.#state !== 'quiet') {
      this.#again = query;
      return;
    }
    if (!again) this.#forget();
    this.#state = 'asking';
    this.#send({ type: 'find', request: ++this.#request, query });
  }

  /** Stops searching. */
  stop(): void {
    if (this.#state === 'asking') this.#send({ type: 'find', request: ++this.#request });
    this.#forget();
  }

  receive(found: FoundElsewhere): void {
    if (found.request !== this.#request || this.#state !== 'asking') return;
    this.#found = found;
    this.#state = 'resting';
    this.#timer = window.setTimeout(() => {
      this.#rested();
    }, REST_MS);
    this.#onAnswer();
  }

  /** Opens all output of the next command, at its first match. */
  openNext(): void {
    const { next } = this;
    if (!next) return;
    this.#opened = next.key;
    this.#send({ type: 'openMatch', key: next.key, place: next.first });
  }

  #rested(): void {
    this.#state = 'quiet';
    const query = this.#again;
    this.#again = undefined;
    if (query) this.ask(query, { again: true });
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#state = 'quiet';
    this.#again = this.#found = undefined;
    this.#opened = -1;
  }
}
