import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { MainMessage, Request, SideMessage } from '../../../protocol/worker.js';
import type { ErrorInfo } from '../../../protocol/output.js';
import { Channel } from './channel.js';
import { leadChildren } from './children.js';
import { Command, currentCommand, owner, router } from './command.js';
import type { Place } from './compile.js';
import { createDisplay, mimeBundle } from './display.js';
import { describeError, tracebackOf } from './errors.js';
import { Fifos } from './fifos.js';
import { createInput, dropInput, LineSource, placeInput } from './input.js';
import { activity, LateWork } from './lateWork.js';
import { Namespace } from './namespace.js';
import { NamedPipes } from './namedPipes.js';
import type { Pair, PairMaker } from './pair.js';
import { acceptDefaultLoader, define, Interrupted, Session } from './session.js';
import { installStackTraces } from './stackTraces.js';
import { leadDescriptors, placeStreams } from './streams.js';
import { encodeValue } from './values.js';

const exit = process.exit.bind(process);
const isWindows = process.platform === 'win32';

type Reply =
  | { readonly status: 'ok'; readonly result?: object; readonly value?: unknown }
  | { readonly status: 'error' | 'interrupted'; readonly error: ErrorInfo }
  | { readonly status: 'missing' };

/** `process.exit` in a command: ends the command, and leaves the session alone. */
class SystemExit extends Error {
  override readonly name = 'SystemExit';

  constructor(readonly code: string | number) {
    super(String(code));
  }

  /** As an operating system tells it. */
  get exitCode(): number {
    return Number(this.code) & 0xff;
  }
}

/** Connects to the host and serves it until it says exit or goes away. */
export async function connectWorker(controlPath: string): Promise<void> {
  const token = process.env.EXTSESSION_TOKEN;
  router.marker = process.env.EXTSESSION_MARKER ?? '';
  delete process.env.EXTSESSION_TOKEN;
  delete process.env.EXTSESSION_MARKER;
  const pairs = isWindows ? new NamedPipes(controlPath) : new Fifos(path.dirname(controlPath));
  const prepared = pairs.prepare();
  const info = {
    language: 'javascript',
    name: 'Node.js',
    version: process.versions.node,
    executable: process.execPath,
  };
  const worker: Worker = new Worker(pairs, {
    main: new Channel(
      controlPath,
      { t: 'hello', channel: 'main', token, pid: process.pid, info },
      { message: (message: MainMessage) => worker.receive(message), closed: endGroup },
    ),
    side: new Channel(
      controlPath,
      { t: 'hello', channel: 'side', token },
      { message: (message: SideMessage) => worker.receiveSide(message), closed: endGroup },
    ),
  });
  await prepared;
  worker.begin();
}

/** The host is gone: nothing that was started for it stays. */
function endGroup(): void {
  if (isWindows) spawnSync('taskkill', ['/pid', String(process.pid), '/t', '/f'], { windowsHide: true });
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    exit(1); // not the leader of a group
  }
}

/** The main loop: one command after the other, each with a pair of streams of its own. */
class Worker {
  private readonly lines: LineSource;
  private readonly session = new Session();
  private readonly late = new LateWork();
  private readonly namespace = new Namespace();
  private armed!: Pair;
  private spare: Pair | undefined;
  /** The command that was to be interrupted last. */
  private wanted: number | undefined;

  constructor(
    private readonly pairs: PairMaker,
    private readonly channels: { readonly main: Channel; readonly side: Channel },
  ) {
    this.lines = new LineSource((message) => {
      channels.main.send(message);
    });
    router.sendLate = (id, stream, bytes) => {
      channels.main.send({ t: 'output', id, stream, base64: bytes.toString('base64') });
    };
  }

  begin(): void {
    const descriptors = this.pairs.takeAsDescriptors();
    if (descriptors) this.announce(descriptors); // a pair that no command has
    this.armed = this.makePair();
    leadDescriptors();
    leadChildren();
    installStackTraces();
    acceptDefaultLoader();
    define('input', createInput(this.lines));
    define(
      'display',
      createDisplay((message) => {
        this.channels.main.send(message);
      }),
    );
    process.exit = (code = process.exitCode) => {
      throw new SystemExit(code ?? 0);
    };
    process.argv.splice(1);
    process.on('uncaughtException', reportLate);
    process.on('unhandledRejection', reportLate);
    this.arm();
    this.channels.main.send({ t: 'ready', next: this.armed.number });
    this.spare = this.makePair();
  }

  receive(message: MainMessage): void {
    if (message.t === 'exit') exit(message.code);
    // a SIGINT for the command before, which came earlier, is handled earlier then
    else setImmediate(() => void this.serve(message));
  }

  receiveSide(message: SideMessage): void {
    if (message.t === 'input') this.lines.answer(message.request, message.text);
    else if (message.t === 'interrupt') this.want(message.id);
    else this.channels.side.send({ t: 'answer', request: message.request, ...this.namespace.answer(message) });
  }

  /** What a command may rely on, whatever the one before did. */
  private arm(): void {
    placeStreams();
    placeInput(this.lines);
    if (!process.listeners('SIGINT').includes(this.interrupt)) process.on('SIGINT', this.interrupt);
  }

  /** The signal comes separately: it may be too early, before the command runs. Where there are none, this is all. */
  private want(id: number | undefined): void {
    this.wanted = id;
    if (isWindows) this.interrupt();
  }

  private readonly interrupt = (): void => {
    if (router.running) this.session.interrupt();
  };

  private async serve(request: Request): Promise<void> {
    const command = new Command(request.id, this.armed);
    const place = placeOf(request);
    const before = activity();
    this.arm();
    router.running = router.last = command;
    const reply = await owner
      .run(command, () => this.answer(request, place))
      .catch((error: unknown): Reply => this.failure(error, { ...place, source: sourceOf(request) }));
    this.finish(command, reply);
    setImmediate(() => {
      this.late.watch(command, before);
      this.spare ??= this.makePair();
      void this.pairs.prepare();
    });
  }

  private async answer(request: Request, place: Place): Promise<Reply> {
    if (request.id === this.wanted) throw new Interrupted();
    switch (request.t) {
      case 'execute': {
        const [value] = await this.session.run(request.source, place);
        if (value === undefined) return { status: 'ok' };
        const result = await mimeBundle(value);
        this.session.keep(value);
        return { status: 'ok', result };
      }
      case 'evaluate':
        return { status: 'ok', value: encodeValue(await this.session.evaluate(request.source, place)) };
      case 'get':
        if (!this.session.has(request.name)) return { status: 'missing' };
        return { status: 'ok', value: encodeValue(this.session.get(request.name)) };
    }
  }

  private failure(error: unknown, place: Place & { source: string }): Reply {
    if (error instanceof SystemExit) {
      return { status: 'error', error: { ...describeError(error, place), exitCode: error.exitCode } };
    }
    if (!(error instanceof Interrupted)) return { status: 'error', error: describeError(error, place) };
    this.lines.cancel();
    dropInput();
    const { name, message } = error;
    return { status: 'interrupted', error: { name, message, traceback: `${name}: ${message}\n`, frames: [] } };
  }

  private finish(command: Command, reply: Reply): void {
    router.running = undefined;
    this.armed = this.spare ?? this.makePair();
    this.spare = undefined;
    const ends = command.end();
    this.channels.main.send({ t: 'done', id: command.id, ...reply, ends, next: this.armed.number });
  }

  private makePair(): Pair {
    return this.announce(this.pairs.take());
  }

  private announce(pair: Pair): Pair {
    this.channels.main.send({ t: 'pair', number: pair.number });
    return pair;
  }
}

/** What a callback threw, or nobody caught: it is shown under the command that the callback belongs to. */
function reportLate(error: unknown): void {
  if (error instanceof SystemExit) return;
  const command = currentCommand();
  const bytes = Buffer.from(`Uncaught ${tracebackOf(error)}`);
  if (command) command.write(1, bytes);
  else process.stderr.write(bytes);
}

function placeOf(request: Request): Place {
  const anonymous = { filename: `<command ${String(request.id)}>`, firstLine: 1 };
  if (request.t !== 'execute') return anonymous;
  return { filename: request.filename ?? anonymous.filename, firstLine: request.firstLine ?? 1 };
}

function sourceOf(request: Request): string {
  return request.t === 'get' ? request.name : request.source;
}
