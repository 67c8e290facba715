import type { MainMessage, Request, SideMessage } from '../../../protocol/worker.js';
import type { ErrorInfo } from '../../../protocol/output.js';
import { keepBuiltins, withPlainBuiltins } from './builtins.js';
import type { Channel } from './channel.js';
import { leadChildren } from './output/children.js';
import { followColumns } from './output/columns.js';
import { Command, currentCommand, owner, router } from './command.js';
import { isTypedPlace, type Place } from './compile/compile.js';
import { followFile } from './compile/origin.js';
import { answerData } from './data/answer.js';
import { debugged } from './debugging/attached.js';
import { Nudges } from './debugging/nudges.js';
import { leadDescriptors } from './output/descriptors.js';
import { createDisplay, createShow, mimeBundle } from './inspection/display.js';
import { createView } from './data/kept.js';
import { becomeScript, catchErrors, exit, leadExit, SystemExit } from './ending.js';
import { describeError, isOf } from './errors.js';
import { define } from './globalScope.js';
import { setProgramArgument } from './programArgument.js';
import { HostSignals } from './hostSignals.js';
import { createInput, dropInput, LineSource, placeInput } from './input.js';
import { absorbSignal, addListener, callInterruptibly, Interrupted, onInterrupt, signalGroup } from './interruption.js';
import { LateWork } from './output/lateWork.js';
import { tidyPromises } from './output/owner.js';
import type { Pair, PairMaker } from './output/pair.js';
import type { Reloading } from './reload/reloading.js';
import { followTypedModules } from './modules/typedModules.js';
import { acceptDefaultLoader, Session } from './session.js';
import { leaveHost } from './leaveHost.js';
import { installStackTraces } from './compile/stackTraces.js';
import { placeStreams, renewConsole } from './output/streams.js';
import { leadThreads } from './output/threads.js';
import { Questions } from './questions.js';
import { placeOf, sourceOf } from './requestPlace.js';
import { profiled } from './profiling/profiled.js';
import { Meter } from './usage.js';
import { encodeValue } from './inspection/values.js';

const isWindows = process.platform === 'win32';

/** How long a command may take to react to an interrupt when the host is gone. */
const PATIENCE_MS = 1000;

type Reply =
  | { readonly status: 'ok'; readonly result?: object; readonly value?: unknown }
  | { readonly status: 'error' | 'interrupted'; readonly error: ErrorInfo }
  | { readonly status: 'missing' };

/** The main loop: one command after the other, each with its own pair of streams. */
export class Worker {
  readonly #lines: LineSource;
  readonly #pairs: PairMaker;
  readonly #tell: (runs: boolean) => void;
  readonly #reloading: Reloading | undefined;
  readonly #channels: { readonly main: Channel; readonly side: Channel };

  readonly #session = new Session();
  readonly #late = new LateWork();
  readonly #signals = new HostSignals(absorbSignal);
  readonly #questions: Questions;
  #nudges: Nudges | undefined;
  readonly #meter = new Meter();
  /** Pairs for late output that the host does not read yet, and what to call when it does. */
  readonly #unopened = new Map<number, () => void>();
  #armed!: Pair;
  #spare: Pair | undefined;
  /** Where the running command has spent its time. */
  #kept: { profile?: string } = {};
  /** The last command that was to be interrupted. */
  #wanted: number | undefined;

  /** `tell` tells the host whether a program runs that SIGINT ends. */
  constructor(
    pairs: PairMaker,
    channels: { readonly main: Channel; readonly side: Channel },
    tell: (runs: boolean) => void,
    reloading: Reloading | undefined,
  ) {
    this.#reloading = reloading;
    this.#pairs = pairs;
    this.#tell = tell;
    this.#channels = channels;
    this.#questions = new Questions(this.#session, channels.side);
    this.#lines = new LineSource((message) => {
      channels.main.send(message);
    });
    router.reopen = (command) => {
      const pair = this.#pairs.take();
      this.#unopened.set(pair.number, command.hold());
      channels.main.send({ t: 'pair', number: pair.number, id: command.id });
      this.#late.watch(command);
      return pair;
    };
  }

  begin(directory: string): void {
    const forNobody = this.#announce(this.#pairs.takeForNobody());
    if (isWindows) router.nobody = forNobody.writeEnds;
    this.#armed = this.#makePair();
    for (const lead of [leadDescriptors, leadChildren, leadThreads]) lead(currentCommand);
    tidyPromises();
    acceptDefaultLoader();
    define('input', createInput(this.#lines));
    const show = createShow((message) => {
      this.#channels.main.send(message);
    });
    define('display', createDisplay(show));
    define('extsession', Object.freeze({ view: createView(show) }));
    leadExit();
    process.argv.splice(1, 2); // a script and its arguments stay
    onInterrupt({
      come: () => {
        if (this.#signals.come(router.running?.id)) this.#interrupt();
      },
      ended: () => {
        if (router.running) this.#signals.ended(router.running.id);
      },
      runs: this.#tell,
    });
    renewConsole();
    this.#nudges = new Nudges(directory, () => this.#questions.answerNow((message) => this.receiveSide(message)));
    this.#arm();
    this.#channels.main.send({ t: 'ready', next: this.#armed.number });
    this.#spare = this.#makePair();
    keepBuiltins();
  }

  receive(message: MainMessage): void {
    if (message.t === 'exit') this.#end(message.code, message.drain ?? false);
    // a SIGINT for the command before, and what was said of it, which came earlier, is handled earlier then
    else setImmediate(() => void withPlainBuiltins(() => this.#serveInTurn(message)));
  }

  receiveSide(message: SideMessage): void {
    if (message.t === 'input') this.#lines.answer(message.request, message.text);
    else if (message.t === 'interrupt') this.#want(message.id);
    else if (message.t === 'signal') this.#signals.announce(message.id);
    else if (message.t === 'opened') this.#opened(message.number);
    else this.#questions.ask(message);
  }

  /** The host is gone: interrupts the running command and exits in order. */
  endWithoutHost(controlPath: string): void {
    if (router.nowhere) return; // the other channel has closed before
    router.nowhere = leaveHost(controlPath);
    const end = (): void => {
      exit(0);
    };
    const { running } = router;
    if (!running) end();
    this.#want(running?.id);
    setTimeout(end, PATIENCE_MS);
  }

  /** Ends like a script: with its timers and connections, unless it has failed. */
  #end(code: number, drain: boolean): void {
    if (!drain || code !== 0) exit(code);
    becomeScript();
    this.#channels.main.unref();
    this.#channels.side.unref();
  }

  #opened(number: number): void {
    this.#unopened.get(number)?.();
    this.#unopened.delete(number);
  }

  /** Restores what a command may rely on, whatever the previous one did. */
  #arm(): void {
    placeStreams();
    placeInput(this.#lines, (error) => {
      this.#session.endWait(error);
    });
    addListener();
    this.#nudges?.listen();
    catchErrors();
    installStackTraces();
  }

  /** This may be too early, before the command runs. If the thread is not free for this, the host sends the signal. */
  #want(id: number | undefined): void {
    this.#wanted = id;
    this.#channels.side.send({ t: 'interrupting' });
    if (id !== undefined && id !== router.running?.id) return;
    signalGroup();
    this.#interrupt();
  }

  readonly #interrupt = (): void => {
    if (router.running) this.#session.endWait(new Interrupted());
  };

  async #serveInTurn(request: Request): Promise<void> {
    if (this.#signals.areDue) await this.#signals.settled();
    await this.#serve(request);
  }

  async #serve(request: Request): Promise<void> {
    const command = new Command(request.id, this.#armed);
    const place = placeOf(request);
    if (request.t === 'execute' || request.t === 'evaluate') {
      followColumns(request.columns);
      followTypedModules(request.source, isTypedPlace(place));
      this.#reloading?.before(request.source);
    }
    this.#arm();
    this.#armed.leaveToHost();
    router.running = command;
    this.#meter.begin();
    const failed = (error: unknown): Reply =>
      withPlainBuiltins(() => this.#failure(error, { ...place, source: sourceOf(request) }));
    const reply = await owner.run(command, () => this.#answer(request, place)).catch(failed);
    if (router.nowhere) exit(0);
    withPlainBuiltins(() => {
      this.#reloading?.after();
      this.#finish(command, reply, failed);
      setImmediate(() => {
        withPlainBuiltins(() => {
          this.#tidy(command);
        });
      });
    });
  }

  /** What can wait until the reply is on its way. */
  #tidy(command: Command): void {
    this.#late.finished(command);
    this.#spare ??= this.#makePair();
    void this.#pairs.prepare();
  }

  async #shown({ 0: value }: [] | [unknown]): Promise<Reply> {
    if (value === undefined) return { status: 'ok' };
    const result = await this.#session.call(() => mimeBundle(value));
    this.#session.keep(value);
    return { status: 'ok', result };
  }

  async #answer(request: Request, place: Place): Promise<Reply> {
    if (request.id === this.#wanted) throw new Interrupted();
    switch (request.t) {
      case 'execute': {
        setProgramArgument(followFile(place.filename, request.fileThere));
        const run = (): Promise<[] | [unknown]> => this.#session.run(request.source, place);
        if (request.profile) return await this.#shown(await profiled(run, { ...request, ...place }, this.#kept));
        return await debugged(request.debugger, this.#session, async () => await this.#shown(await run()));
      }
      case 'evaluate':
        return this.#encoded(await this.#session.evaluate(request.source, place));
      case 'get':
        if (!this.#session.has(request.name)) return { status: 'missing' };
        return this.#encoded(this.#session.get(request.name));
      case 'data':
        return withPlainBuiltins(() => {
          const value = callInterruptibly(() => withPlainBuiltins(() => answerData(request.request)));
          return { status: 'ok', value };
        });
    }
  }

  #encoded(value: unknown): Reply {
    return withPlainBuiltins(() => ({ status: 'ok', value: encodeValue(value) }));
  }

  #failure(error: unknown, place: Place & { source: string }): Reply {
    if (isOf(error, SystemExit)) {
      return { status: 'error', error: { ...describeError(error, place), exitCode: error.exitCode } };
    }
    if (!isOf(error, Interrupted)) return { status: 'error', error: describeError(error, place) };
    this.#lines.cancel();
    dropInput();
    const { name, message } = error;
    return { status: 'interrupted', error: { name, message, traceback: `${name}: ${message}\n`, frames: [] } };
  }

  /** A reply that cannot be sent, for example because it is too large, is an error of the command. */
  #finish(command: Command, reply: Reply, failed: (error: unknown) => Reply): void {
    router.running = undefined;
    this.#armed = this.#spare ?? this.#makePair();
    this.#spare = undefined;
    const ends = command.end();
    const done = { t: 'done', id: command.id, ends, next: this.#armed.number, ...this.#meter.end(), ...this.#kept };
    this.#kept = {};
    try {
      this.#channels.main.send({ ...done, ...reply });
    } catch (error) {
      this.#channels.main.send({ ...done, ...failed(error) });
    }
  }

  #makePair(): Pair {
    return this.#announce(this.#pairs.take());
  }

  #announce(pair: Pair): Pair {
    this.#channels.main.send({ t: 'pair', number: pair.number });
    return pair;
  }
}
