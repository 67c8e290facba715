import type { Session } from 'node:inspector';
import { setTimeout as delay } from 'node:timers/promises';
import { patternForScripts } from '../../../../protocol/documentPath.js';
import { failureOf, globalAssignment, type ScopedFrame } from './globalAssignment.js';
import { PausePoints } from './pausePoints.js';
import { addressOfFile, own, type Script, Scripts } from './scripts.js';
import { type Throw, Uncaught } from './uncaught.js';

/** A message of the inspector's protocol, or that the command is interrupted. */
export type InspectorMessage =
  | { readonly id: number; readonly method: string; readonly params?: object }
  | { readonly interrupt: true };

interface InspectorEvent {
  readonly method: string;
  readonly params: object;
}
interface CallFrame extends ScopedFrame {
  readonly location: { readonly scriptId: string; readonly lineNumber: number };
  /** Which V8 leaves empty. */
  readonly url: string;
}
interface AsyncStack {
  readonly callFrames: readonly { readonly scriptId: string; readonly lineNumber: number }[];
  readonly parent?: AsyncStack | undefined;
}
interface Pause {
  readonly reason: string;
  readonly callFrames: readonly CallFrame[];
  readonly hitBreakpoints?: readonly string[];
  /** What has led to it before a wait. */
  readonly asyncStackTrace?: AsyncStack;
}

/** How long a signal may be under way on a machine that is not busy, and how often it is waited for. */
const STEP_MS = 100;
const MOST_STEPS = 10;
/** After a pause was asked for; then less and less often, since it may get lost on the way to code of the user. */
const PAUSE_MS = 5;
const MOST_PAUSE_MS = 100;
/** Codes of errors in the inspector's protocol. */
const [NOT_FOUND, FAILED] = [-32_601, -32_000];
/** The worker's own code, in which the debugger neither stops nor shows frames, and that of Node.js. */
const hidden = [`^${escaped(own)}`, '^node:'];
/** Output stays with its command, and threads are not debugged: this one would be among them. */
const dropped = /^(?:Runtime\.consoleAPICalled|NodeWorker\.)/;
const refused = /^(?:NodeWorker\.|NodeTarget\.|NodeRuntime\.|Runtime\.terminateExecution$)/;

export interface InspectedThreadOptions {
  readonly send: (message: object) => void;
  /** The debugger has set its breakpoints. */
  readonly begin: () => void;
}

/** The thread of the commands, as the debugger sees it: without the worker's code, and with the lines of the editor. */
export class InspectedThread {
  readonly #session: Session;
  readonly #options: InspectedThreadOptions;
  readonly #scripts = new Scripts();
  readonly #uncaught = new Uncaught(this.#scripts, async (scriptId) => {
    const answer = (await this.#ask('Debugger.getScriptSource', { scriptId })) as { scriptSource?: string } | undefined;
    return answer?.scriptSource ?? '';
  });
  /** It stops at errors that nobody catches. V8 stops at all, since the worker catches them. */
  #stopsAtUncaught = false;
  /** The step that was asked for last, and how many frames there may be where it ends. */
  #step: { readonly depth: number } | undefined;
  /** The step was cut short by an error that is caught. */
  #isReturning = false;
  #pause: Pause | undefined;
  /** It is to stop as soon as code of the user runs, and may have stopped in what runs before. */
  #isPausing = false;
  #isPauseDue = false;
  readonly #points = new PausePoints((method, params) => this.#ask(method, params));
  /** How many times it may still be let go on in small steps, until the signal of an interrupt has come. */
  #stepsLeft = 0;

  constructor(session: Session, options: InspectedThreadOptions) {
    this.#session = session;
    this.#options = options;
    session.on('inspectorNotification', (event) => {
      this.#tell(event);
    });
  }

  receive(message: InspectorMessage): void {
    if ('interrupt' in message) {
      this.#stepsLeft = MOST_STEPS;
      this.#isPausing = false;
      if (this.#pause) void this.#stepToEnd();
      return;
    }
    const { id, method, params } = message;
    if (refused.test(method)) {
      this.#options.send({ id, error: { code: NOT_FOUND, message: `'${method}' wasn't found` } });
      return;
    }
    if (method === 'Debugger.pause') this.pause();
    if (method === 'Debugger.setPauseOnExceptions') this.#stopsAtUncaught = isUncaught(params);
    this.#follow(method);
    const assignment = globalAssignment(method, this.#pause?.callFrames ?? [], params);
    const [asked, args] = assignment ? ['Runtime.callFunctionOn', assignment] : [method, adapted(method, params)];
    this.#session.post(asked, args, (error, result) => {
      const message = error?.message ?? (assignment && failureOf(result));
      this.#options.send(message === undefined ? { id, result } : { id, error: { code: FAILED, message } });
      if (method === 'Debugger.enable') this.#session.post('Debugger.setBlackboxPatterns', { patterns: hidden });
    });
    if (method === 'Runtime.runIfWaitingForDebugger') this.#options.begin();
  }

  /** Stops the thread in the next code of the user that it runs. */
  pause(): void {
    this.#isPausing = true;
    void this.#points.set(this.#scripts.ofUser);
    void this.#pauseSoon();
  }

  /** Lets the thread go on without stops. */
  async release(): Promise<void> {
    this.#isPausing = false;
    await this.#ask('Debugger.setSkipAllPauses', { skip: true });
    if (this.#pause) await this.#ask('Debugger.resume');
  }

  #tell({ method, params }: InspectorEvent): void {
    if (method === 'Debugger.paused') this.#paused(params as Pause);
    else if (method === 'Debugger.scriptParsed') this.#parsed(params as Script);
    else if (!dropped.test(method)) {
      if (method === 'Debugger.resumed') this.#pause = undefined;
      this.#options.send({ method, params });
    }
  }

  #paused(stop: Pause): void {
    const pause = { ...stop, hitBreakpoints: this.#points.others(stop.hitBreakpoints) };
    this.#pause = pause;
    const callFrames = this.#shown(pause.callFrames);
    const way = this.#isPausing ? this.#wayToUsers(pause.callFrames) : undefined;
    if (way) {
      void this.#ask(way);
      void this.#pauseSoon();
      return;
    }
    this.#isPausing = false;
    this.#points.clear();
    const isThrow = pause.reason === 'exception' || pause.reason === 'promiseRejection';
    if (callFrames.length === 0) void this.#ask('Debugger.resume');
    else if (this.#stepsLeft > 0) void this.#stepToEnd();
    else if (isThrow && this.#stopsAtUncaught) void this.#thrown(pause);
    else if (this.#isReturning && pause.reason === 'other' && this.#isTooDeep(pause))
      void this.#ask('Debugger.stepOut');
    else this.#show(pause);
  }

  #show(pause: Pause): void {
    this.#isReturning = false;
    const callFrames = this.#shown(pause.callFrames);
    const asyncStackTrace = this.#usersPart(pause.asyncStackTrace);
    this.#options.send({ method: 'Debugger.paused', params: { ...pause, callFrames, asyncStackTrace } });
  }

  /** Stops at an error if the user's code does not catch it; else it goes on as it was asked to. */
  async #thrown(pause: Pause & Throw): Promise<void> {
    const isCaught = !(await this.#uncaught.includes(pause));
    if (this.#pause !== pause) return;
    if (!isCaught) this.#show({ ...pause, data: { ...pause.data, uncaught: true } } as Pause);
    else if (!this.#step) void this.#ask('Debugger.resume');
    else {
      this.#isReturning = true;
      void this.#ask(this.#isTooDeep(pause) ? 'Debugger.stepOut' : 'Debugger.stepOver');
    }
  }

  #isTooDeep({ callFrames }: Pause): boolean {
    return callFrames.length > (this.#step?.depth ?? Infinity);
  }

  #follow(method: string): void {
    const depth = this.#pause?.callFrames.length ?? 0;
    const change = { 'Debugger.stepInto': Infinity, 'Debugger.stepOver': 0, 'Debugger.stepOut': -1 }[method];
    if (change !== undefined) this.#step = { depth: depth + change };
    else if (method === 'Debugger.resume') this.#step = undefined;
  }

  /** Without the waits of the worker. */
  #usersPart(stack: AsyncStack | undefined): AsyncStack | undefined {
    if (!stack) return undefined;
    const kindOf = ({ scriptId }: { readonly scriptId: string }) => this.#scripts.kindOf(scriptId);
    const last = stack.callFrames.findLastIndex((frame) => kindOf(frame) === 'user');
    const callFrames = stack.callFrames.slice(0, last + 1).filter((frame) => kindOf(frame) !== 'own');
    const parent = this.#usersPart(stack.parent);
    return last < 0 ? parent : { ...stack, callFrames, parent };
  }

  /** Without the worker's frames, and what Node.js calls between them. */
  #shown(frames: readonly CallFrame[]): readonly CallFrame[] {
    const located = frames.map((frame) => ({ ...frame, url: this.#scripts.urlOf(frame.location.scriptId) }));
    const last = located.findLastIndex(({ url }) => !url.startsWith(own) && !url.startsWith('node:'));
    return located.slice(0, last + 1).filter(({ url }) => !url.startsWith(own));
  }

  /** How to go on from code that is not the user's, to where it is. */
  #wayToUsers(frames: readonly CallFrame[]): string | undefined {
    const urls = frames.map((frame) => this.#scripts.urlOf(frame.location.scriptId));
    const caller = urls.find((url) => !url.startsWith('node:'));
    if (caller === undefined) return 'Debugger.stepInto'; // what Node.js calls now may be the user's
    if (caller.startsWith(own)) return 'Debugger.resume'; // step by step, it would take seconds
    return caller === urls[0] ? undefined : 'Debugger.stepOut';
  }

  /** Later than the worker's code that asks for it, until it has stopped. */
  async #pauseSoon(): Promise<void> {
    if (this.#isPauseDue) return;
    this.#isPauseDue = true;
    for (let ms = PAUSE_MS; this.#isPausing; ms = Math.min(MOST_PAUSE_MS, 2 * ms)) {
      await delay(ms, undefined, { ref: false });
      await this.#pauseNow();
    }
    this.#isPauseDue = false;
    this.#points.clear();
  }

  async #pauseNow(): Promise<void> {
    if (this.#isPausing && !this.#pause) await this.#ask('Debugger.pause');
  }

  #parsed(parsed: Script): void {
    const params = this.#scripts.add(parsed);
    if (params) this.#options.send({ method: 'Debugger.scriptParsed', params });
  }

  /** The signal ends the command when it goes on. One that has not come yet finds it a statement further. */
  async #stepToEnd(): Promise<void> {
    await delay(STEP_MS);
    await this.#ask(--this.#stepsLeft > 0 ? 'Debugger.stepInto' : 'Debugger.resume');
  }

  /** Resolves when there is an answer, or with nothing at an error, as when it is not stopped any more. */
  #ask(method: string, params?: object): Promise<unknown> {
    return new Promise((resolve) => {
      this.#session.post(method, params, (_error, result) => {
        resolve(result);
      });
    });
  }
}

function adapted(method: string, params: object | undefined): object | undefined {
  if (method === 'Debugger.setBlackboxPatterns') return withOurs(params);
  if (method === 'Debugger.setPauseOnExceptions' && isUncaught(params)) return { ...params, state: 'all' };
  return method === 'Debugger.setBreakpointByUrl' && params ? asPattern(params) : params;
}

/**
 * A breakpoint of an address is moved to where the text is that an earlier command of the same file has at that line;
 * one of a pattern is not.
 */
function asPattern({ url, urlRegex = '', ...others }: { readonly url?: string; readonly urlRegex?: string }): object {
  const pattern = url === undefined ? urlRegex : `^${escaped(addressOfFile(url))}$`;
  return { ...others, ...(pattern === '' ? {} : { urlRegex: patternForScripts(pattern) }) };
}

function isUncaught(params: { readonly state?: string } | undefined): boolean {
  return params?.state === 'uncaught';
}

function withOurs(params: object | undefined): object {
  const { patterns = [] } = (params ?? {}) as { readonly patterns?: readonly string[] };
  return { ...params, patterns: [...patterns, ...hidden] };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
