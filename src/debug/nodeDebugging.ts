import type { Socket } from 'node:net';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ExtResults } from '../engine/extResults.js';
import { filenameOf } from '../host/filename.js';
import { failureNotice, showMessage } from '../host/messages.js';
import type { BreakpointLead } from '../host/sessions/breakpointLead.js';
import type { Command } from '../host/sessions/command.js';
import { setting } from '../host/settings.js';
import { startDebugging, uriOf } from './debugConfiguration.js';
import { DebuggerListener } from './debuggerListener.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { InspectorStream, type InspectorMessage } from './inspectorStream.js';
import type { PausedAt } from './pausedAt.js';
import { WebSocketServer } from './webSocketServer.js';

/** VS Code's own debugger for Node.js, which speaks the inspector's protocol with what it is attached to. */
const DEBUG_TYPE = 'pwa-node';
const DEBUGGER = 'ms-vscode.js-debug';
/** A statement on its own line or in a row of statements; one in a text only costs time. */
const statement = /(?:^|[\s;{})])debugger\s*(?:;|\}|$)/m;
/** Tells the debug session of a command from others of that type. */
const MARK = 'extsessionCommand';

/** Debugs commands of JavaScript sessions with VS Code's debugger, which is let into the inspector in the worker. */
export class NodeDebugging implements vscode.Disposable {
  readonly #options: DebuggingOptions;
  readonly #registration: vscode.Disposable;
  readonly #running = new Map<number, NodeCommand>();
  #lastNumber = 0;

  constructor(options: DebuggingOptions) {
    this.#options = options;
    this.#registration = vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
      createDebugAdapterTracker: ({ configuration, parentSession }) => {
        // VS Code's debugger starts a session of its own for the thread within the one that is started here.
        const mark: unknown = configuration[MARK] ?? parentSession?.configuration[MARK];
        const command = this.#running.get(mark as number);
        return command && { onWillReceiveMessage: (message) => command.asked(message as DebugRequest) };
      },
    });
  }

  /** Runs a failed command again, if the user wants that, and stops where it throws errors. */
  async debugError(command: Command): Promise<void> {
    const again = vscode.l10n.t('Run Again');
    const question = vscode.l10n.t(
      'JavaScript does not keep the variables of an error. Run the command again, and stop where an error is thrown?',
    );
    if ((await vscode.window.showInformationMessage(question, again)) === again) await this.debug(command, true);
  }

  /** Runs a command in a debug session, which begins and ends with it. */
  async debug(command: Command, stopsAtErrors = false): Promise<void> {
    if (this.#isElsewhere(command)) {
      const text = vscode.l10n.t(
        'JavaScript on another machine cannot be debugged yet. Run the code without the debugger.',
      );
      void vscode.window.showInformationMessage(text);
      return;
    }
    const debugged = this.#add(command, stopsAtErrors);
    try {
      const options = await debugged.options();
      const stopped = new AbortController();
      const results = await this.#options.sessions.execute(command, { ...options, signal: stopped.signal });
      if (results)
        debugged.begun(results, () => {
          stopped.abort();
        });
      else debugged.end();
    } catch (error) {
      debugged.end();
      this.#options.log.error(`Debugging: ${String(error)}`);
      void showMessage(failureNotice(error));
    }
  }

  /** Debugs a command that somebody else runs, if it has a statement that asks for that. */
  async lead(command: Command): Promise<BreakpointLead | undefined> {
    if (!statement.test(command.source) || !vscode.extensions.getExtension(DEBUGGER)) return undefined;
    if (this.#isElsewhere(command)) return undefined;
    const debugged = this.#add(command);
    const options = await debugged.options().catch((error: unknown) => {
      debugged.end();
      throw error;
    });
    return {
      options,
      begun: (results, interrupt) => {
        debugged.begun(results, interrupt);
      },
    };
  }

  /** Whether its session is on another machine, from which the inspector is not led here. */
  #isElsewhere({ session, languageId, origin }: Command): boolean {
    const { sessions } = this.#options;
    const { process } = sessions.find(session ?? '') ?? sessions.of(languageId, origin?.uri);
    return process?.there !== undefined;
  }

  #add(command: Command, stopsAtErrors = false): NodeCommand {
    const number = ++this.#lastNumber;
    const mark = { [MARK]: number };
    const ended = (): unknown => this.#running.delete(number);
    const debugged = new NodeCommand(command, { ...this.#options, mark, stopsAtErrors, ended });
    this.#running.set(number, debugged);
    return debugged;
  }

  dispose(): void {
    this.#registration.dispose();
    for (const command of this.#running.values()) command.end();
  }
}

/** What is read of a request to the debugger. */
interface DebugRequest {
  readonly command?: string;
  readonly arguments?: { terminateDebuggee?: boolean; filters?: readonly string[] };
}

const paused = v.object({
  callFrames: v.array(v.object({ url: v.string(), location: v.object({ lineNumber: v.number() }) })),
});

interface NodeCommandOptions extends DebuggingOptions {
  /** In the configuration of its debug session. */
  readonly mark: object;
  /** Also at those that are caught: the worker catches all. */
  readonly stopsAtErrors: boolean;
  readonly ended: () => void;
}

class NodeCommand {
  readonly #command: Command;
  readonly #options: NodeCommandOptions;
  #interrupt: () => void = () => undefined;
  readonly #listener = new DebuggerListener((socket) => {
    this.#connect(socket).catch((error: unknown) => {
      this.#options.log.warn(`Debugging: ${String(error)}`);
      this.end();
    });
  });
  #results: ExtResults | undefined;
  #stream: InspectorStream | undefined;
  #server: WebSocketServer | undefined;

  constructor(command: Command, options: NodeCommandOptions) {
    this.#command = command;
    this.#options = options;
  }

  /** With which it is to be executed. */
  async options(): Promise<BreakpointLead['options']> {
    const place = { address: await this.#listener.address(), token: this.#listener.token, folders: [] };
    return { debugger: place, onInterrupt: () => this.#stream?.interrupt() };
  }

  /** It is executed; the debug session ends with it. */
  begun(results: ExtResults, interrupt: () => void): void {
    this.#results = results;
    this.#interrupt = interrupt;
    const end = (): void => {
      this.end();
    };
    results.wait().then(end, end); // it rejects if the session goes on elsewhere
  }

  /**
   * VS Code asks the debugger for something. Stop ends the command; after Disconnect it goes on. The debugger must not
   * hear of Stop: it would kill the process.
   */
  asked({ command, arguments: args }: DebugRequest): void {
    // Which errors stop is chosen for all debug sessions, and not in a configuration.
    if (command === 'setExceptionBreakpoints' && args && this.#options.stopsAtErrors) args.filters = ['all'];
    if (command !== 'disconnect' || !args?.terminateDebuggee) return;
    args.terminateDebuggee = false;
    this.#interrupt();
  }

  /** Ends the debug session, and the connection to the worker. Idempotent. */
  end(): void {
    this.#options.ended();
    this.#listener.close();
    this.#server?.close();
    this.#stream?.end();
  }

  /** The worker is ready for the debugger. */
  async #connect(socket: Socket): Promise<void> {
    const stream = new InspectorStream(
      socket,
      (message) => {
        this.#follow(message);
        server.send(JSON.stringify(message));
      },
      (error) => {
        if (error) this.#options.log.warn(`Debugging: ${String(error)}`);
        this.#tellPause(undefined);
        server.close();
      },
    );
    this.#stream = stream;
    const server = new WebSocketServer({
      onMessage: (text) => {
        stream.send(JSON.parse(text));
      },
      onEnd: () => {
        stream.end();
      },
    });
    this.#server = server;
    if (!(await this.#startDebugger(await server.listen()))) this.end();
  }

  async #startDebugger(websocketAddress: string): Promise<boolean> {
    const justMyCode = setting('debug.justMyCode', uriOf(this.#command));
    return await startDebugging(this.#command, {
      type: DEBUG_TYPE,
      request: 'attach',
      websocketAddress,
      restart: false,
      autoAttachChildProcesses: false,
      resolveSourceMapLocations: null,
      skipFiles: ['<node_internals>/**', ...(justMyCode ? ['**/node_modules/**'] : [])],
      ...this.#options.mark,
    });
  }

  #follow({ method, params }: InspectorMessage): void {
    if (method === 'Debugger.resumed') this.#tellPause(undefined);
    if (method !== 'Debugger.paused') return;
    const [top] = v.parse(paused, params).callFrames;
    if (!top?.url.startsWith('file:')) return;
    this.#tellPause({ file: filenameOf(top.url), line: top.location.lineNumber + 1 });
  }

  #tellPause(at: PausedAt | undefined): void {
    if (this.#results) this.#options.onDidPause(this.#results, at);
  }
}
