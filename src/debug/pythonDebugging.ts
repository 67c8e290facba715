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
import { DebuggerListener } from './debuggerListener.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { pythonExceptions } from './pythonExceptions.js';
import { RelayedAdapter } from './relayedAdapter.js';
import { PYTHON_DEBUGGER, tellMissingDebugger } from './tellMissingDebugger.js';

const DEBUG_TYPE = 'extsession';
/** VS Code can restart the debug sessions of this many commands. */
const MOST_COMMANDS = 20;

/** A command that runs, and can connect to a debugger. */
interface Waiting {
  readonly command: Command;
  readonly results: ExtResults;
  readonly interrupt: () => void;
}

/** What a debug session is for. */
interface Debugged {
  readonly command: Command;
  /** The number of a command that has ended with the last error of its session, which is looked at. */
  readonly failed?: number;
  /** A command that runs already, and has connected. VS Code runs it again if it restarts the debug session. */
  stopped?: (Waiting & { readonly socket: Socket }) | undefined;
}

/** Debugs commands of Python sessions with debugpy in the worker. */
export class PythonDebugging implements vscode.Disposable {
  readonly #options: DebuggingOptions;
  readonly #registration: vscode.Disposable;
  readonly #server = new BreakpointServer<Waiting>((waiting, socket) => {
    this.#start({ command: waiting.command, stopped: { ...waiting, socket } }).then(
      (isStarted) => {
        if (!isStarted) socket.destroy();
      },
      (error: unknown) => {
        socket.destroy();
        this.#report(error);
      },
    );
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
      createDebugAdapterDescriptor: ({ configuration }) => {
        const debugged = this.#debugged.get(configuration.number as number);
        return debugged && new vscode.DebugAdapterInlineImplementation(this.#adapter(debugged));
      },
    });
  }

  /** Runs a command in a debug session. */
  async debug(command: Command): Promise<void> {
    await this.#start({ command });
  }

  /** Opens the frames of the last error of a session. */
  async debugError({ session, evaluator, results }: SubmittedCommand): Promise<void> {
    const command = { source: '# Debug This Error', languageId: 'python', session: session ?? evaluator };
    await this.#start({ command, failed: results.id });
  }

  /** A command that somebody else runs connects when it is to pause and, if wanted, when it calls `breakpoint()`. */
  async lead(command: Command, onBreakpoint: boolean): Promise<BreakpointLead> {
    const { place, wait } = await this.#server.place(foldersOfDebugger(), onBreakpoint);
    return {
      options: { debugger: place },
      begun: (results, interrupt) => {
        const forget = wait({ command, results, interrupt });
        results.wait().then(forget, forget);
      },
    };
  }

  dispose(): void {
    this.#registration.dispose();
    this.#server.dispose();
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
    const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
    const ended = new AbortController();
    let results = stopped?.results;
    const adapter = new RelayedAdapter({
      send: (message) => {
        messages.fire(message);
      },
      stop: () => {
        stopped?.interrupt();
        ended.abort();
      },
      folders: () => {
        const folder = this.#sessionOf(debugged.command).process?.there?.folder;
        return { there: folder, here: foldersHere() };
      },
      onDidPause: (at) => {
        if (results) this.#options.onDidPause(results, at);
      },
      exceptions: pythonExceptions(),
      onError: (error) => {
        this.#options.log.warn(`Debugging: ${String(error)}`);
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
      });
    return {
      onDidSendMessage: messages.event,
      handleMessage: (message) => {
        adapter.handle(message as AdapterMessage);
      },
      dispose: () => {
        messages.dispose();
      },
    };
  }

  /** Submits the command, and waits for its end. */
  async #run(
    { command, failed }: Debugged,
    adapter: RelayedAdapter,
    { signal, begun }: { readonly signal: AbortSignal; readonly begun: (results: ExtResults | undefined) => void },
  ): Promise<void> {
    const listener = new DebuggerListener((socket) => {
      adapter.connect(socket);
    });
    try {
      const place = {
        address: await listener.address(),
        token: listener.token,
        folders: foldersOfDebugger(),
        ...(failed === undefined ? {} : { postMortem: failed }),
      };
      const results = await this.#options.sessions.execute(command, { signal, debugger: place });
      begun(results);
      const outcome = await results?.wait();
      if (outcome?.status === 'error' && outcome.error.name === 'DebuggerNotFoundError') this.#tellMissing(command);
    } finally {
      listener.close();
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

/** Where debugpy is if the environment does not have it. */
function foldersOfDebugger(): string[] {
  const extension = vscode.extensions.getExtension(PYTHON_DEBUGGER);
  return extension ? [path.join(extension.extensionPath, 'bundled', 'libs')] : [];
}
