/** Nobody waits longer for what helps with typing. */
const LONGEST_MS = 1500;

/** Asks the host one thing at a time: an answer to an older question is none. */
export class LatestRequest<Answer> {
  #request = 0;
  #settle: ((answer: Answer | undefined) => void) | undefined;

  /** Sends the question under its number; what comes of it, or undefined after a while. */
  ask(send: (request: number) => void): Promise<Answer | undefined> {
    this.#settle?.(undefined);
    const request = ++this.#request;
    send(request);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        settle(undefined);
      }, LONGEST_MS);
      const settle = (answer: Answer | undefined): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#settle = settle;
    });
  }

  answer(request: number, answer: Answer | undefined): void {
    if (request === this.#request) this.#settle?.(answer);
  }
}
