import type { Socket } from 'node:net';
import * as v from 'valibot';
import type { ExtResults } from '../engine/extResults.js';
import { filenameOf } from '../host/filename.js';
import type { BreakpointLead } from '../host/sessions/breakpointLead.js';
import type { Command } from '../host/sessions/command.js';
import { setting } from '../host/settings.js';
import { startDebugging, uriOf } from './debugConfiguration.js';
import { DebuggerListener } from './debuggerListener.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { nameFiles } from './documentSources.js';
import { fileHere, type FolderRoots } from './folderRoots.js';
import { InspectorStream, type InspectorMessage } from './inspectorStream.js';
import type { PausedAt } from './pausedAt.js';
import { uriOfPath } from '../protocol/documentPath.js';
import { WebSocketServer } from './webSocketServer.js';

/** VS Code's own debugger for Node.js, which speaks the inspector's protocol with what it is attached to. */
export const DEBUG_TYPE = 'pwa-node';

/** What is read of a request to the debugger. */
export interface DebugRequest {
  command?: string;
  arguments?: { terminateDebuggee?: boolean; filters?: readonly string[] };
}

const paused = v.object({
  callFrames: v.array(v.object({ url: v.string(), location: v.object({ lineNumber: v.number() }) })),
});

interface NodeCommandOptions extends DebuggingOptions {
  /** In the configuration of its debug session. */
  readonly mark: object;
  /** That nobody catches. */
  readonly stopsAtErrors: boolean;
  /** Of its session, if that is on another machine. */
  readonly roots: FolderRoots | undefined;
  readonly ended: () => void;
  /** It is to run again, with the debugger. */
  readonly again: () => void;
}

/** A command with the debugger that it is let into, and its debug session. */
export class NodeCommand {
  readonly #command: Command;
  readonly #options: NodeCommandOptions;
  #interrupt: () => void = () => undefined;
  readonly #listener = new DebuggerListener((socket) => {
    this.connect(socket);
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
    return { debugger: place, onInterrupt: () => this.interrupt() };
  }

  /** It is interrupted: where it is stopped, it goes on to its end. */
  interrupt(): void {
    this.#stream?.interrupt();
  }

  /** The worker is ready for the debugger. */
  connect(socket: Socket): void {
    this.#open(socket).catch((error: unknown) => {
      this.#options.log.warn(`Debugging: ${String(error)}`);
      this.end();
    });
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
   * VS Code asks the debugger for something. Stop and Restart end the command; after Disconnect it goes on. The
   * debugger only hears of Disconnect: it would kill the process, or look for it at an address that serves only once.
   */
  asked(request: DebugRequest): void {
    nameFiles(request);
    const { command, arguments: args } = request;
    // Which errors stop is chosen for all debug sessions, and not in a configuration.
    if (command === 'setExceptionBreakpoints' && args && this.#options.stopsAtErrors) args.filters = ['uncaught'];
    if (command === 'restart') this.#results?.wait().then(this.#options.again, () => undefined);
    else if (command !== 'disconnect' || !args?.terminateDebuggee) return;
    request.command = 'disconnect';
    request.arguments = { ...args, terminateDebuggee: false };
    this.#interrupt();
  }

  /** Ends the debug session, and the connection to the worker. Idempotent. */
  end(): void {
    this.#options.ended();
    this.#listener.close();
    this.#server?.close();
    this.#stream?.end();
  }

  async #open(socket: Socket): Promise<void> {
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
      resolveSourceMapLocations: ['**', '!**/node_modules/**'],
      skipFiles: ['<node_internals>/**', ...(justMyCode ? ['**/node_modules/**'] : [])],
      ...this.#options.roots,
      ...this.#options.mark,
    });
  }

  #follow({ method, params }: InspectorMessage): void {
    if (method === 'Debugger.resumed') this.#tellPause(undefined);
    if (method !== 'Debugger.paused') return;
    // An error may be thrown in Node.js itself.
    const top = v.parse(paused, params).callFrames.find(({ url }) => url !== '' && !url.startsWith('node:'));
    if (!top) return;
    const name = filenameOf(top.url);
    const file = uriOfPath(name) ?? fileHere(name, this.#options.roots);
    this.#tellPause({ file, line: top.location.lineNumber + 1 });
  }

  #tellPause(at: PausedAt | undefined): void {
    if (this.#results) this.#options.onDidPause(this.#results, at);
  }
}
