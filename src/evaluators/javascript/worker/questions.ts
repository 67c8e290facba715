import type { Pause } from '../../../protocol/output.js';
import type { Question, SideMessage } from '../../../protocol/worker.js';
import { withPlainBuiltins } from './builtins.js';
import type { Channel } from './channel.js';
import { router } from './command.js';
import { stackAround } from './compile/stackTraces.js';
import { pause } from './debugging/attached.js';
import { type Answer, Namespace } from './inspection/namespace.js';
import type { Session } from './session.js';

type Asked = Question & { readonly request: number };
/** About the running command: it is answered also in the middle of the command's code. */
type Urgent = Extract<Asked, { t: 'stack' | 'pause' }>;

/** Not what the user may put in its place. */
const soon = setImmediate;
const { now } = Date;

/** Answers what the host asks about the namespace and the running command. */
export class Questions {
  readonly #session: Session;
  readonly #channel: Channel;
  readonly #namespace = new Namespace();

  constructor(session: Session, channel: Channel) {
    this.#session = session;
    this.#channel = channel;
  }

  ask(question: Asked): void {
    if (isUrgent(question)) this.#answer(question, this.#aboutCommand(question, false));
    else {
      this.#namespace.ask(question, (answer) => {
        this.#answer(question, answer);
      });
    }
  }

  /**
   * In the middle of code: answers what has come about the command, and leaves the rest to `receive`, for when the code
   * leaves it time. Whether something was answered.
   */
  answerNow(receive: (message: SideMessage) => void): boolean {
    let isAnswered = false;
    for (const message of this.#channel.readNow() as SideMessage[]) {
      if (isUrgent(message)) {
        this.#answer(message, this.#aboutCommand(message, true));
        isAnswered = true;
      } else soon(() => withPlainBuiltins(() => receive(message)));
    }
    return isAnswered;
  }

  #aboutCommand(question: Urgent, isBusy: boolean): { readonly stack: string } | { readonly pause: Pause } {
    const isRunning = router.running !== undefined;
    if (question.t === 'pause') return { pause: isRunning && now() < question.until ? pause(isBusy) : 'impossible' };
    if (!isRunning) return { stack: '' };
    return { stack: (isBusy ? stackAround() : '') || this.#session.whereItWaits() };
  }

  #answer({ request }: Asked, answer: Answer | { readonly stack: string } | { readonly pause: Pause }): void {
    this.#channel.send({ t: 'answer', request, ...answer });
  }
}

function isUrgent(message: SideMessage): message is Urgent {
  return message.t === 'stack' || message.t === 'pause';
}
