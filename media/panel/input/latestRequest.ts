/** The maximum time to wait for typing help. */
const LONGEST_MS = 1500;

/** Sends one question at a time to the host; answers to earlier questions are ignored. */
export class LatestRequest<Answer> {
  #request = 0;
  #settle: ((answer: Answer | undefined) => void) | undefined;

  /** Sends the question with its number. Resolves with the answer, or undefined after a while. */
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
