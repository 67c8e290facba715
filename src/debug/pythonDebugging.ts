import * as path from 'node:path';
import type { Socket } from 'node:net';
import * as vscode from 'vscode';
import type { ExtResults } from '../engine/extResults.js';
import { failureNotice, showMessage } from '../host/messages.js';
import { foldersHere } from '../host/openSource.js';
import type { BreakpointLead } from '../host/sessions/breakpointLead.js';
import type { Command, SubmittedCommand } from '../host/sessions/command.js';
import type { LanguageSession } from '../host/sessions/languageSession.js';
import { setting } from '../host/settings.js';
import type { AdapterMessage } from './adapterStream.js';
import { BreakpointServer } from './breakpointServer.js';
import { startDebugging, uriOf } from './debugConfiguration.js';
import { DebuggedChildren } from './debuggedChildren.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { pythonExceptions } from './pythonExceptions.js';
import { RelayedAdapter, type RelayedAdapterOptions } from './relayedAdapter.js';
import { PYTHON_DEBUGGER, tellMissingDebugger } from './tellMissingDebugger.js';

const DEBUG_TYPE = 'extsession';
/** VS Code can restart the debug sessions of this many commands. */
const MOST_COMMANDS = 20;

/** A command that runs, and can connect to a debugger. */
interface Waiting {
  readonly connected: (socket: Socket) => void;
  /** The debug session of the command, once there is one: those of the processes that it starts are within it. */
  readonly session: () => vscode.DebugSession | undefined;
}

/** A command that runs already, and has connected. */
interface Stopped {
  readonly results: ExtResults;
  readonly interrupt: () => void;
  readonly socket: Socket;
}

/** What a debug session is for. */
interface Debugged {
  readonly command: Command;
  /** The number of a command that has ended with the last error of its session, which is looked at. */
  readonly failed?: number;
  /** VS Code runs it again if it restarts the debug session. */
  stopped?: Stopped | undefined;
  session?: vscode.DebugSession;
  /** Of the processes that the command has started. */
  readonly children: Set<RelayedAdapter>;
}

/** Debugs commands of Python sessions with debugpy in the worker. */
export class PythonDebugging implements vscode.Disposable {
  readonly #options: DebuggingOptions;
  readonly #registration: vscode.Disposable;
  readonly #children = new DebuggedChildren((error) => {
    this.#report(error);
  });
  readonly #server = new BreakpointServer<Waiting>((waiting, socket, child) => {
    const session = waiting.session();
    if (child === undefined) waiting.connected(socket);
    else if (session) this.#children.open(session, socket, child);
    else socket.destroy();
  });
  /**
   * By the number in their debug configuration. They are kept at the end of their debug session, which VS Code may
   * restart.
   */
  readonly #debugged = new Map<number, Debugged>();
  #lastNumber = 0;

  constructor(options: DebuggingOptions) {
    this.#options = options;
    this.#registration = vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: (session) => {
        const debugged = this.#debugged.get(session.configuration.number as number);
        if (!debugged) return undefined;
        const child = this.#children.take(session.configuration);
        if (!child) debugged.session = session;
        const adapter = child ? this.#adapterOfChild(debugged, child) : this.#adapter(debugged);
        return new vscode.DebugAdapterInlineImplementation(adapter);
      },
    });
  }

  /** Runs a command in a debug session. */
  async debug(command: Command): Promise<void> {
    await this.#start({ command, children: new Set() });
  }

  /** Opens the frames of the last error of a session. */
  async debugError({ session, evaluator, results }: SubmittedCommand): Promise<void> {
    const command = { source: '# Debug This Error', languageId: 'python', session: session ?? evaluator };
    await this.#start({ command, failed: results.id, children: new Set() });
  }

  /** A command that somebody else runs connects when it is to pause and, if wanted, when it calls `breakpoint()`. */
  async lead(command: Command, onBreakpoint: boolean): Promise<BreakpointLead> {
    const { place, wait } = await this.#server.place(foldersOfDebugger(), { onBreakpoint, ...childrenOf(command) });
    return {
      options: { debugger: place },
      begun: (results, interrupt) => {
        const debugged: Debugged = { command, children: new Set() };
        const connected = (socket: Socket): void => {
          debugged.stopped = { results, interrupt, socket };
          this.#open(debugged, socket);
        };
        const forget = wait({ connected, session: () => debugged.session });
        results.wait().then(forget, forget);
      },
    };
  }

  dispose(): void {
    this.#registration.dispose();
    this.#server.dispose();
    this.#children.dispose();
  }

  /** Opens the debug session of a command that has connected. */
  #open(debugged: Debugged, socket: Socket): void {
    this.#start(debugged).then(
      (isStarted) => {
        if (!isStarted) socket.destroy();
      },
      (error: unknown) => {
        socket.destroy();
        this.#report(error);
      },
    );
  }

  async #start(debugged: Debugged): Promise<boolean> {
    const number = ++this.#lastNumber;
    this.#debugged.set(number, debugged);
    this.#debugged.delete(number - MOST_COMMANDS);
    const justMyCode = setting('debug.justMyCode', uriOf(debugged.command));
    const configuration = { type: DEBUG_TYPE, request: 'launch', number, justMyCode, showReturnValue: true };
    return await startDebugging(debugged.command, configuration);
  }

  /** Lets VS Code talk to the debugger in the worker. */
  #adapter(debugged: Debugged): vscode.DebugAdapter {
    const { stopped } = debugged;
    debugged.stopped = undefined;
    const ended = new AbortController();
    let results = stopped?.results;
    const { adapter, face } = this.#relay(debugged, {
      stop: () => {
        stopped?.interrupt();
        ended.abort();
      },
      onDidPause: (at) => {
        if (results) this.#options.onDidPause(results, at);
      },
    });
    if (stopped) adapter.connect(stopped.socket);
    const run = stopped
      ? stopped.results.wait()
      : this.#run(debugged, adapter, { signal: ended.signal, begun: (begun) => (results = begun) });
    run
      .catch((error: unknown) => {
        this.#report(error);
      })
      .finally(() => {
        adapter.end();
        for (const child of debugged.children) child.end(); // their processes go on
      });
    return face;
  }

  /** Lets VS Code talk to the debugger in a process that a command has started. */
  #adapterOfChild(debugged: Debugged, socket: Socket): vscode.DebugAdapter {
    const { adapter, face } = this.#relay(debugged, {
      stop: () => {
        socket.destroy(); // VS Code has its command stopped
      },
      onDidPause: () => undefined,
    });
    adapter.connect(socket);
    debugged.children.add(adapter);
    return face;
  }

  #relay(
    { command }: Debugged,
    told: Pick<RelayedAdapterOptions, 'stop' | 'onDidPause'>,
  ): { readonly adapter: RelayedAdapter; readonly face: vscode.DebugAdapter } {
    const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
    const adapter = new RelayedAdapter({
      ...told,
      send: (message) => {
        messages.fire(message);
      },
      folders: () => ({ there: this.#sessionOf(command).process?.there?.folder, here: foldersHere() }),
      exceptions: pythonExceptions(),
      onError: (error) => {
        this.#options.log.warn(`Debugging: ${String(error)}`);
      },
    });
    const face = {
      onDidSendMessage: messages.event,
      handleMessage: (message: vscode.DebugProtocolMessage) => {
        adapter.handle(message as AdapterMessage);
      },
      dispose: () => {
        messages.dispose();
      },
    };
    return { adapter, face };
  }

  /** Submits the command, and waits for its end. */
  async #run(
    debugged: Debugged,
    adapter: RelayedAdapter,
    { signal, begun }: { readonly signal: AbortSignal; readonly begun: (results: ExtResults | undefined) => void },
  ): Promise<void> {
    const { command, failed } = debugged;
    const { place, wait } = await this.#server.place(foldersOfDebugger(), childrenOf(command));
    const forget = wait({
      connected: (socket) => {
        adapter.connect(socket);
      },
      session: () => debugged.session,
    });
    try {
      const asked = failed === undefined ? place : { ...place, postMortem: failed };
      const results = await this.#options.sessions.execute(command, { signal, debugger: asked });
      begun(results);
      const outcome = await results?.wait();
      if (outcome?.status === 'error' && outcome.error.name === 'DebuggerNotFoundError') this.#tellMissing(command);
    } finally {
      forget();
    }
  }

  #sessionOf({ session, languageId, origin }: Command): LanguageSession {
    const { sessions } = this.#options;
    return sessions.find(session ?? '') ?? sessions.of(languageId, origin?.uri);
  }

  #tellMissing(command: Command): void {
    tellMissingDebugger(this.#sessionOf(command)).catch((error: unknown) => {
      this.#report(error);
    });
  }

  #report(error: unknown): void {
    this.#options.log.error(`Debugging: ${String(error)}`);
    void showMessage(failureNotice(error));
  }
}

/** Whether the processes that a command starts are debugged, too. */
function childrenOf(command: Command): { readonly hasChildren: boolean } {
  return { hasChildren: setting('debug.subProcess', uriOf(command)) };
}

/** Where debugpy is if the environment does not have it. */
function foldersOfDebugger(): string[] {
  const extension = vscode.extensions.getExtension(PYTHON_DEBUGGER);
  return extension ? [path.join(extension.extensionPath, 'bundled', 'libs')] : [];
}
