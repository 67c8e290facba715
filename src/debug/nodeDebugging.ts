import type { Socket } from 'node:net';
import * as vscode from 'vscode';
import { failureNotice, showMessage } from '../host/messages.js';
import { foldersHere } from '../host/openSource.js';
import type { BreakpointLead } from '../host/sessions/breakpointLead.js';
import type { Command } from '../host/sessions/command.js';
import { BreakpointServer } from './breakpointServer.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { nameDocuments } from './documentSources.js';
import { type FolderRoots, folderRoots } from './folderRoots.js';
import { DEBUG_TYPE, type DebugRequest, NodeCommand } from './nodeCommand.js';

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
  readonly #server = new BreakpointServer<(socket: Socket) => void>((connect, socket) => {
    connect(socket);
  });
  #lastNumber = 0;

  constructor(options: DebuggingOptions) {
    this.#options = options;
    this.#registration = vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
      createDebugAdapterTracker: ({ configuration, parentSession }) => {
        // VS Code's debugger starts a session of its own for the thread within the one that is started here.
        const mark: unknown = configuration[MARK] ?? parentSession?.configuration[MARK];
        const command = this.#running.get(mark as number);
        return (
          command && {
            onWillReceiveMessage: (message) => command.asked(message as DebugRequest),
            onDidSendMessage: nameDocuments,
          }
        );
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

  /**
   * A command that somebody else runs is debugged from its start, if it has a statement that asks for that and is
   * wanted; else it connects when it is to pause.
   */
  async lead(command: Command, onBreakpoint: boolean): Promise<BreakpointLead | undefined> {
    if (!vscode.extensions.getExtension(DEBUGGER)) return undefined;
    return await (onBreakpoint && statement.test(command.source)
      ? this.#leadAtStart(command)
      : this.#leadLater(command));
  }

  async #leadAtStart(command: Command): Promise<BreakpointLead> {
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

  async #leadLater(command: Command): Promise<BreakpointLead> {
    const { place, wait } = await this.#server.place([], { onBreakpoint: false });
    let debugged: NodeCommand | undefined;
    return {
      options: { debugger: place, onInterrupt: () => debugged?.interrupt() },
      begun: (results, interrupt) => {
        const forget = wait((socket) => {
          debugged = this.#add(command);
          debugged.begun(results, interrupt);
          debugged.connect(socket);
        });
        results.wait().then(forget, forget);
      },
    };
  }

  /** Of its session, if that is on another machine. */
  #rootsOf({ session, languageId, origin }: Command): FolderRoots | undefined {
    const { sessions } = this.#options;
    const { process } = sessions.find(session ?? '') ?? sessions.of(languageId, origin?.uri);
    return folderRoots({ there: process?.there?.folder, here: foldersHere() }, origin?.uri);
  }

  #add(command: Command, stopsAtErrors = false): NodeCommand {
    const number = ++this.#lastNumber;
    const mark = { [MARK]: number };
    const ended = (): unknown => this.#running.delete(number);
    const roots = this.#rootsOf(command);
    const again = (): void => void this.debug(command, stopsAtErrors);
    const debugged = new NodeCommand(command, { ...this.#options, mark, stopsAtErrors, roots, ended, again });
    this.#running.set(number, debugged);
    return debugged;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#server.dispose();
    for (const command of this.#running.values()) command.end();
  }
}
