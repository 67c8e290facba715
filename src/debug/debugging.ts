import * as vscode from 'vscode';
import { DisposableStore } from '../engine/disposableStore.js';
import type { BreakpointLead } from '../host/sessions/breakpointLead.js';
import type { Command } from '../host/sessions/command.js';
import { uriOf } from './debugConfiguration.js';
import { setting } from '../host/settings.js';
import type { DebuggingOptions } from './debuggingOptions.js';
import { LastErrors } from './lastErrors.js';
import { NodeDebugging } from './nodeDebugging.js';
import { PythonDebugging } from './pythonDebugging.js';

/** Debugs commands, each in a debug session of VS Code that ends with it. */
export class Debugging implements vscode.Disposable {
  readonly #python: PythonDebugging;
  readonly #node: NodeDebugging;
  readonly #keyOf: DebuggingOptions['keyOf'];
  readonly #errors = new LastErrors();
  readonly #subscriptions: DisposableStore;

  constructor(options: DebuggingOptions) {
    this.#keyOf = options.keyOf;
    const { sessions } = options;
    this.#subscriptions = new DisposableStore(
      sessions.onDidSubmit((submitted) => {
        this.#errors.follow(submitted);
      }),
      sessions.onDidChangeSession(({ id }) => {
        if (!sessions.find(id)) this.#errors.forget(id);
      }),
    );
    this.#python = new PythonDebugging(options);
    this.#node = new NodeDebugging(options);
  }

  /** Runs a command in a debug session. */
  debug(command: Command): Promise<void> {
    return this.#of(command).debug(command);
  }

  /** How a command that somebody else runs gets a debugger when it, or its user, asks for one; undefined without. */
  async lead(command: Command): Promise<BreakpointLead | undefined> {
    const onBreakpoint = setting('debug.onBreakpoint', uriOf(command)) === 'debugger';
    if (command.languageId === 'python') return await this.#python.lead(command, onBreakpoint);
    return await this.#node.lead(command, onBreakpoint);
  }

  /**
   * Opens the frames of an error whose command has ended, with their variables; in JavaScript, which keeps none, asks
   * whether the command is to run again. `key` is that of the command in the panel; without it, it is the last error of
   * all.
   */
  async debugError(key: number | undefined): Promise<void> {
    const failed = this.#errors.find((results) => key === undefined || this.#keyOf(results) === key);
    if (failed?.evaluator === 'python') await this.#python.debugError(failed);
    else if (failed?.evaluator === 'javascript') await this.#node.debugError(failed);
    else {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Only the last error of a session can be debugged. Run the command again.'),
      );
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#python.dispose();
    this.#node.dispose();
  }

  #of({ languageId }: Command): PythonDebugging | NodeDebugging {
    return languageId === 'python' ? this.#python : this.#node;
  }
}
