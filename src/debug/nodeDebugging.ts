import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import type { ExtResults } from '../engine/extResults.js';
import { failureNotice, showMessage } from '../host/messages.js';
import type { Command } from '../host/sessions/command.js';
import { setting } from '../host/settings.js';
import { DebuggerListener } from './debuggerListener.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { InspectorStream, type InspectorMessage } from './inspectorStream.js';
import type { PausedAt } from './pausedAt.js';
import { WebSocketServer } from './webSocketServer.js';

/** VS Code's own debugger for Node.js, which speaks the inspector's protocol with what it is attached to. */
const DEBUG_TYPE = 'pwa-node';
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
      createDebugAdapterTracker: ({ configuration }) => {
        const command = this.#running.get(configuration[MARK] as number);
        return command && { onWillReceiveMessage: (message) => command.asked(message as DebugRequest) };
      },
    });
  }

  /** Runs a command in a debug session, which begins and ends with it. */
  async debug(command: Command): Promise<void> {
    const number = ++this.#lastNumber;
    const running = new NodeCommand(command, { ...this.#options, mark: { [MARK]: number } });
    this.#running.set(number, running);
    try {
      await running.run();
    } catch (error) {
      this.#options.log.error(`Debugging: ${String(error)}`);
      void showMessage(failureNotice(error));
    } finally {
      this.#running.delete(number);
      running.end();
    }
  }

  dispose(): void {
    this.#registration.dispose();
    for (const command of this.#running.values()) command.end();
  }
}

/** What is read of a request to the debugger. */
interface DebugRequest {
  readonly command?: string;
  readonly arguments?: { terminateDebuggee?: boolean };
}

interface Paused {
  readonly callFrames: readonly { readonly url: string; readonly location: { readonly lineNumber: number } }[];
}

class NodeCommand {
  readonly #command: Command;
  readonly #options: DebuggingOptions & { readonly mark: object };
  readonly #stopped = new AbortController();
  readonly #listener = new DebuggerListener((socket) => {
    this.#connect(socket).catch((error: unknown) => {
      this.#options.log.warn(`Debugging: ${String(error)}`);
      this.end();
    });
  });
  #results: ExtResults | undefined;
  #stream: InspectorStream | undefined;
  #server: WebSocketServer | undefined;

  constructor(command: Command, options: DebuggingOptions & { readonly mark: object }) {
    this.#command = command;
    this.#options = options;
  }

  /** Resolves when the command has ended. */
  async run(): Promise<void> {
    const place = { address: await this.#listener.address(), token: this.#listener.token, folders: [] };
    this.#results = await this.#options.sessions.execute(this.#command, {
      debugger: place,
      signal: this.#stopped.signal,
      onInterrupt: () => this.#stream?.interrupt(),
    });
    await this.#results?.wait();
  }

  /**
   * VS Code asks the debugger for something. Stop ends the command; after Disconnect it goes on. The debugger must not hear
   * of Stop: it would kill the process.
   */
  asked({ command, arguments: args }: DebugRequest): void {
    if (command !== 'disconnect' || !args?.terminateDebuggee) return;
    args.terminateDebuggee = false;
    this.#stopped.abort();
  }

  /** Ends the debug session, and the connection to the worker. Idempotent. */
  end(): void {
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
    const { origin } = this.#command;
    const uri = origin && vscode.Uri.parse(origin.uri, true);
    const configuration: vscode.DebugConfiguration = {
      type: DEBUG_TYPE,
      request: 'attach',
      name: uri ? vscode.workspace.asRelativePath(uri) : vscode.l10n.t('Session'),
      websocketAddress,
      restart: false,
      autoAttachChildProcesses: false,
      resolveSourceMapLocations: null,
      skipFiles: ['<node_internals>/**', ...(setting('debug.justMyCode', uri) ? ['**/node_modules/**'] : [])],
      ...this.#options.mark,
    };
    const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
    // The text of the editor runs, saved or not.
    return await vscode.debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true });
  }

  #follow({ method, params }: InspectorMessage): void {
    if (method === 'Debugger.resumed') this.#tellPause(undefined);
    if (method !== 'Debugger.paused') return;
    const [top] = (params as Paused).callFrames;
    if (!top?.url.startsWith('file:')) return;
    this.#tellPause({ file: fileURLToPath(top.url), line: top.location.lineNumber + 1 });
  }

  #tellPause(at: PausedAt | undefined): void {
    if (this.#results) this.#options.onDidPause(this.#results, at);
  }
}
