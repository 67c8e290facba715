/** What Node.js prints when a nudge has opened its inspector, which its worker closes at once. */
const notice =
  /Debugger listening on ws:\/\/127\.0\.0\.1:\d+\/[\da-f-]+\r?\nFor help, see: https:\/\/nodejs\.org\/[\w/-]+\r?\n/;
const BEGINNING = 'Debugger listening on ws://';
const LONGEST = 250;
/** Node.js takes a nudge twice: in the code that runs, and when that leaves it time. */
const EACH = 2;

/** Keeps what is no output of the user's out of what a worker writes to its own standard error. */
export class InspectorNotices {
  #expected = 0;
  #held = '';

  /** Notices come from now on. */
  expect(): void {
    this.#expected = EACH;
  }

  /** The text without them. What may become one is kept back until more comes. */
  without(bytes: Buffer): Buffer {
    if (this.#expected === 0 && this.#held === '') return bytes;
    let text = this.#held + bytes.toString('latin1');
    while (this.#expected > 0 && notice.test(text)) {
      text = text.replace(notice, '');
      this.#expected--;
    }
    const at = this.#expected > 0 ? beginningIn(text) : text.length;
    this.#held = text.slice(at);
    return Buffer.from(text.slice(0, at), 'latin1');
  }
}

/** Where a notice may begin that is not there as a whole. */
function beginningIn(text: string): number {
  const whole = text.lastIndexOf(BEGINNING);
  if (whole >= 0 && text.length - whole < LONGEST) return whole;
  for (let size = Math.min(text.length, BEGINNING.length - 1); size > 0; size--) {
    if (text.endsWith(BEGINNING.slice(0, size))) return text.length - size;
  }
  return text.length;
}
