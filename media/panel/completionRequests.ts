import type { Change, Intent } from '../../src/protocol/panel.js';

type Answer = Extract<Change, { type: 'completions' }>['completions'];

/** Nobody waits longer for a list of words. */
const longestMs = 1500;

/** Asks the host what may be typed, one question at a time: an answer to an older one is none. */
export class CompletionRequests {
  #request = 0;
  #settle: ((answer: Answer) => void) | undefined;

  constructor(private readonly send: (intent: Intent) => void) {}

  ask(source: string, offset: number, evaluator: string): Promise<Answer> {
    this.#settle?.(undefined);
    const request = ++this.#request;
    this.send({ type: 'complete', request, source, offset, evaluator });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        settle(undefined);
      }, longestMs);
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#settle = settle;
    });
  }

  answer(request: number, answer: Answer): void {
    if (request === this.#request) this.#settle?.(answer);
  }
}
