import type { Session } from 'node:inspector';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { addressOfScript, patternForScripts } from '../../../../protocol/documentPath.js';
import { lineMap } from './lineMap.js';

/** A message of the inspector's protocol, or that the command is interrupted. */
export type InspectorMessage =
  | { readonly id: number; readonly method: string; readonly params?: object }
  | { readonly interrupt: true };

interface InspectorEvent {
  readonly method: string;
  readonly params: object;
}
interface Script {
  readonly scriptId: string;
  readonly url: string;
  /** The address that it has without a comment of its own; VS Code's debugger compares the two. */
  readonly embedderName: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly sourceMapURL: string;
}
interface CallFrame {
  readonly location: { readonly scriptId: string };
  /** Which V8 leaves empty. */
  readonly url: string;
}
interface AsyncStack {
  readonly callFrames: readonly { readonly scriptId: string }[];
  readonly parent?: AsyncStack | undefined;
}
interface Pause {
  readonly callFrames: readonly CallFrame[];
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
/** The worker's own code, in which the debugger neither stops nor shows frames. */
const own = pathToFileURL(`${__dirname}${path.sep}`).href;
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
  /** The addresses of scripts, by their ids. */
  readonly #urls = new Map<string, string>();
  #isPaused = false;
  /** It is to stop as soon as code of the user runs, and may have stopped in what runs before. */
  #isPausing = false;
  #isPauseDue = false;
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
      if (this.#isPaused) void this.#step();
      return;
    }
    const { id, method, params } = message;
    if (refused.test(method)) {
      this.#options.send({ id, error: { code: NOT_FOUND, message: `'${method}' wasn't found` } });
      return;
    }
    if (method === 'Debugger.pause') this.#isPausing = true;
    this.#session.post(method, adapted(method, params), (error, result) => {
      this.#options.send(error ? { id, error: { code: FAILED, message: error.message } } : { id, result });
      if (method === 'Debugger.enable') this.#session.post('Debugger.setBlackboxPatterns', { patterns: hidden });
    });
    if (method === 'Runtime.runIfWaitingForDebugger') this.#options.begin();
  }

  /** Stops the thread in the next code of the user that it runs. */
  pause(): void {
    this.#isPausing = true;
    void this.#pauseSoon();
  }

  /** Lets the thread go on without stops. */
  async release(): Promise<void> {
    this.#isPausing = false;
    await this.#ask('Debugger.setSkipAllPauses', { skip: true });
    if (this.#isPaused) await this.#ask('Debugger.resume');
  }

  #tell({ method, params }: InspectorEvent): void {
    if (method === 'Debugger.paused') this.#paused(params as Pause);
    else if (method === 'Debugger.scriptParsed') this.#parsed(params as Script);
    else if (!dropped.test(method)) {
      if (method === 'Debugger.resumed') this.#isPaused = false;
      this.#options.send({ method, params });
    }
  }

  #paused(pause: Pause): void {
    this.#isPaused = true;
    const callFrames = this.#shown(pause.callFrames);
    const way = this.#isPausing ? this.#wayToUsers(pause.callFrames) : undefined;
    if (way) {
      void this.#ask(way);
      void this.#pauseSoon();
      return;
    }
    this.#isPausing = false;
    if (callFrames.length === 0) void this.#ask('Debugger.resume');
    else if (this.#stepsLeft > 0) void this.#step();
    else {
      const asyncStackTrace = this.#usersPart(pause.asyncStackTrace);
      this.#options.send({ method: 'Debugger.paused', params: { ...pause, callFrames, asyncStackTrace } });
    }
  }

  /** Without the waits of the worker. */
  #usersPart(stack: AsyncStack | undefined): AsyncStack | undefined {
    if (!stack) return undefined;
    const urlOf = ({ scriptId }: { readonly scriptId: string }) => this.#urls.get(scriptId) ?? '';
    const callFrames = stack.callFrames.filter((frame) => !urlOf(frame).startsWith(own));
    const parent = this.#usersPart(stack.parent);
    const isUsers = callFrames.some((frame) => !urlOf(frame).startsWith('node:'));
    return isUsers ? { ...stack, callFrames, parent } : parent;
  }

  /** Without the worker's frames, and what Node.js calls between them. */
  #shown(frames: readonly CallFrame[]): readonly CallFrame[] {
    const located = frames.map((frame) => ({ ...frame, url: this.#urls.get(frame.location.scriptId) ?? '' }));
    const last = located.findLastIndex(({ url }) => !url.startsWith(own) && !url.startsWith('node:'));
    return located.slice(0, last + 1).filter(({ url }) => !url.startsWith(own));
  }

  /** How to go on from code that is not the user's, to where it is. */
  #wayToUsers(frames: readonly CallFrame[]): string | undefined {
    const urls = frames.map((frame) => this.#urls.get(frame.location.scriptId) ?? '');
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
  }

  async #pauseNow(): Promise<void> {
    if (this.#isPausing && !this.#isPaused) await this.#ask('Debugger.pause');
  }

  #parsed(parsed: Script): void {
    const script = { ...parsed, url: addressOfScript(parsed.url), embedderName: addressOfScript(parsed.embedderName) };
    this.#urls.set(script.scriptId, script.url);
    if (script.url.startsWith(own)) return;
    const sourceMapURL = script.sourceMapURL === '' ? lineMap(script) : script.sourceMapURL;
    this.#options.send({ method: 'Debugger.scriptParsed', params: { ...script, sourceMapURL } });
  }

  /** The signal ends the command when it goes on. One that has not come yet finds it a statement further. */
  async #step(): Promise<void> {
    await delay(STEP_MS);
    await this.#ask(--this.#stepsLeft > 0 ? 'Debugger.stepInto' : 'Debugger.resume');
  }

  /** Resolves when there is an answer, or an error, as when it is not stopped any more. */
  #ask(method: string, params?: object): Promise<void> {
    return new Promise((resolve) => {
      this.#session.post(method, params, () => {
        resolve();
      });
    });
  }
}

function adapted(method: string, params: object | undefined): object | undefined {
  if (method === 'Debugger.setBlackboxPatterns') return withOurs(params);
  return method === 'Debugger.setBreakpointByUrl' && params ? asPattern(params) : params;
}

/**
 * A breakpoint of an address is moved to where the text is that an earlier command of the same file has at that line;
 * one of a pattern is not.
 */
function asPattern({ url, urlRegex = '', ...others }: { readonly url?: string; readonly urlRegex?: string }): object {
  const pattern = url === undefined ? urlRegex : `^${escaped(url)}$`;
  return { ...others, ...(pattern === '' ? {} : { urlRegex: patternForScripts(pattern) }) };
}

function withOurs(params: object | undefined): object {
  const { patterns = [] } = (params ?? {}) as { readonly patterns?: readonly string[] };
  return { ...params, patterns: [...patterns, ...hidden] };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
