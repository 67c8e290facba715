import { randomBytes } from 'node:crypto';
import { type Deadline, within } from '../deadline.js';
import { EvaluatorStartError } from '../errors.js';
import type { PortablePrograms, Receiver } from '../evaluator.js';
import type { PipedProgram } from '../link/childProcess.js';
import { encodeSupervisorFrame, sent } from '../supervised/frames.js';
import type { Wire } from '../supervised/wire.js';
import { FarReports, type FarReport } from './farReports.js';
import { endedEarly, farError, notStarted } from './farErrors.js';
import { packedPrograms } from './packedPrograms.js';
import { type ProgramOnWire, startOnWire } from './pipedWire.js';
import { Words } from './words.js';

export interface FarEndOptions {
  readonly prefix: readonly string[];
  /** Variables of its program in addition to those of this process. */
  readonly prefixEnv: Readonly<Record<string, string | undefined>> | undefined;
  readonly portable: PortablePrograms;
  readonly interpreter: string | undefined;
  readonly deadline: Deadline;
}

const LONGEST_REASON = 4096;
/** A path for a socket. */
const LONGEST_PATH = 200;
/** After its streams have ended. */
const ENDED_MS = 2000;

/** No shell and no option parser changes it. */
const plain = /^[\w./+][\w./+-]*$/;

/** The program behind an argv prefix that receives a session's programs, and then carries the session's frames. */
export class FarEnd {
  readonly #options: FarEndOptions;
  readonly #nonce: string;
  readonly #receiver: Receiver;
  readonly #program: PipedProgram;
  /** What the prefix's programs say. */
  readonly words: Words;
  /** Nothing is delivered before `connect` has resolved. */
  readonly wire: Wire;
  readonly #unread: ProgramOnWire['unread'];
  /** Each word is only said once. */
  readonly #told = new Set<string>();

  private constructor(options: FarEndOptions, receiver: Receiver, nonce: string, started: ProgramOnWire) {
    const { program, wire, unread } = started;
    this.#options = options;
    this.#nonce = nonce;
    this.#receiver = receiver;
    this.#program = program;
    this.words = new Words(program.stderr);
    this.wire = wire;
    this.#unread = unread;
  }

  /** @throws EvaluatorStartError if the prefix's program cannot be started. */
  static async start(options: FarEndOptions): Promise<FarEnd> {
    const { prefix, portable } = options;
    const nonce = `extsession-${randomBytes(16).toString('hex')}`;
    const interpreter = options.interpreter ?? portable.interpreter;
    // A name with blanks, or one that a shell would change, is only used where there is no shell any more.
    const receiver = portable.receiver(plain.test(interpreter) ? interpreter : portable.interpreter, nonce);
    const [file = '', ...args] = [...prefix, ...receiver.command];
    try {
      const started = await startOnWire({ file, args }, { ...process.env, ...options.prefixEnv });
      return new FarEnd(options, receiver, nonce, started);
    } catch (error) {
      throw error instanceof EvaluatorStartError ? error : notStarted(file, error);
    }
  }

  /**
   * Sends the receiver, which then gets `first`, and the programs if they are not there. Resolves when it carries
   * frames, with the folder of the session there.
   * @throws EvaluatorStartError if it does not come to that, the error of the deadline.
   */
  async connect(first: readonly Buffer[]): Promise<string> {
    const { deadline } = this.#options;
    const ended = this.#program.exited.then(async (status) => {
      await this.words.ended;
      const [interpreter = ''] = this.#receiver.command;
      const { needs } = this.#options.portable;
      throw endedEarly({ command: this.#command, interpreter, needs, status, words: this.words.text });
    });
    const reports = new FarReports(this.#nonce);
    this.#program.stdin.write(this.#receiver.greeting);
    const carries = new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        try {
          reports.push(chunk);
          for (let report = reports.next(); report; report = reports.next()) {
            if (report.word !== 'ready') {
              this.#answer(report, first);
              continue;
            }
            this.wire.pause();
            this.#unread(reports.rest);
            resolve(report.text.slice(0, LONGEST_PATH));
            return;
          }
        } catch (error) {
          reject(asStartError(error, this.#command));
        }
      };
      this.wire.listen(listen);
      this.wire.resume();
    });
    return deadline.race(Promise.race([carries, ended]));
  }

  /** Whether the other end has ended by itself, rather than the way there. */
  async endedInOrder(): Promise<boolean> {
    const status = await within(ENDED_MS, this.#program.exited);
    await this.words.ended;
    return status?.exitCode === 0;
  }

  /** Ends what the prefix has started here; what is there ends by itself. */
  end(): void {
    this.wire.destroy();
  }

  /** @throws EvaluatorStartError for a report of a failure. */
  #answer({ word, text }: FarReport, first: readonly Buffer[]): void {
    const { stdin } = this.#program;
    if (this.#told.has(word)) throw new RangeError(`It said '${word}' twice.`);
    this.#told.add(word);
    if (word === 'ok') for (const bytes of [this.#receiver.program, ...first]) stdin.write(bytes);
    else if (word === 'need')
      stdin.write(encodeSupervisorFrame(sent.files, packedPrograms(this.#options.portable).compressed()));
    else if (word === 'old')
      throw farError({ kind: 'farInterpreterOld', found: text, needs: this.#options.portable.needs });
    else throw farError({ kind: 'farRefused', reason: text.slice(0, LONGEST_REASON) });
  }

  get #command(): string {
    return this.#options.prefix.join(' ');
  }
}

function asStartError(error: unknown, command: string): Error {
  if (error instanceof EvaluatorStartError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return farError({ kind: 'farRefused', reason: `What answers '${command}' is not what was sent there: ${reason}` });
}
