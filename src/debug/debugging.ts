import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExtResults } from '../engine/extResults.js';
import { failureNotice, showMessage } from '../host/messages.js';
import type { Command } from '../host/sessions/command.js';
import { setting } from '../host/settings.js';
import type { DebuggerPlace } from '../protocol/worker.js';
import type { AdapterMessage } from './adapterStream.js';
import { DebuggerListener } from './debuggerListener.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { missingDebuggerNotice, PYTHON_DEBUGGER } from './missingDebuggerNotice.js';
import { NodeDebugging } from './nodeDebugging.js';
import { RelayedAdapter } from './relayedAdapter.js';

const DEBUG_TYPE = 'extsession';
/** VS Code can restart the debug sessions of this many commands. */
const MOST_COMMANDS = 20;

/** Debugs commands, each in a debug session of VS Code that begins and ends with it. */
export class Debugging implements vscode.Disposable {
  readonly #options: DebuggingOptions;
  readonly #registration: vscode.Disposable;
  readonly #node: NodeDebugging;
  /** By the number in their debug configuration. They are kept at the end of their debug session, which VS Code may restart. */
  readonly #commands = new Map<number, Command>();
  #lastNumber = 0;

  constructor(options: DebuggingOptions) {
    this.#options = options;
    this.#node = new NodeDebugging(options);
    this.#registration = vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: ({ configuration }) => {
        const command = this.#commands.get(configuration.number as number);
        return command && new vscode.DebugAdapterInlineImplementation(this.#adapter(command));
      },
    });
  }

  /** Runs a command in a debug session. */
  async debug(command: Command): Promise<void> {
    if (command.languageId === 'python') await this.#debugPython(command);
    else await this.#node.debug(command);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#node.dispose();
  }

  async #debugPython(command: Command): Promise<void> {
    const number = ++this.#lastNumber;
    this.#commands.set(number, command);
    this.#commands.delete(number - MOST_COMMANDS);
    const uri = command.origin && vscode.Uri.parse(command.origin.uri, true);
    const configuration: vscode.DebugConfiguration = {
      type: DEBUG_TYPE,
      request: 'launch',
      name: uri ? vscode.workspace.asRelativePath(uri) : vscode.l10n.t('Session'),
      number,
      justMyCode: setting('debug.justMyCode', uri),
      showReturnValue: true,
    };
    const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
    // The text of the editor runs, saved or not.
    await vscode.debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true });
  }

  /** Submits the command, and lets VS Code talk to the debugger that it connects to. */
  #adapter(command: Command): vscode.DebugAdapter {
    const messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
    const ended = new AbortController();
    let results: ExtResults | undefined;
    const adapter = new RelayedAdapter({
      send: (message) => {
        messages.fire(message);
      },
      stop: () => {
        ended.abort();
      },
      onDidPause: (at) => {
        if (results) this.#options.onDidPause(results, at);
      },
      onError: (error) => {
        this.#options.log.warn(`Debugging: ${String(error)}`);
      },
    });
    const listener = new DebuggerListener((socket) => {
      adapter.connect(socket);
    });
    const run = async (): Promise<void> => {
      results = await this.#execute(command, listener, ended.signal);
      const outcome = await results?.wait();
      if (outcome?.status === 'error' && outcome.error.name === 'DebuggerNotFoundError')
        void showMessage(missingDebuggerNotice());
    };
    run()
      .catch((error: unknown) => {
        this.#options.log.error(`Debugging: ${String(error)}`);
        void showMessage(failureNotice(error));
      })
      .finally(() => {
        listener.close();
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

  async #execute(command: Command, listener: DebuggerListener, signal: AbortSignal): Promise<ExtResults | undefined> {
    const extension = vscode.extensions.getExtension(PYTHON_DEBUGGER);
    const place: DebuggerPlace = {
      address: await listener.address(),
      token: listener.token,
      folders: extension ? [path.join(extension.extensionPath, 'bundled', 'libs')] : [],
    };
    return this.#options.sessions.execute(command, { signal, debugger: place });
  }
}
